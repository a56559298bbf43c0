using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// x * weight^T + bias over the last axis: [batch, ..., in features] to [batch, ..., out features].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
/// </summary>
public sealed class Linear : WeightedLayer
{
    /// <summary>With starting values from a random seed.</summary>
    /// <exception cref="ArgumentException">A size below 1, or a weight larger than an array can be.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true)
        : this(outFeatures, bias)
    {
        Require.Positive(nameof(Linear), nameof(inFeatures), inFeatures);
        SetInFeatures(inFeatures);
    }

    private Linear(int outFeatures, bool bias)
        : base(bias)
    {
        Require.Positive(nameof(Linear), nameof(outFeatures), outFeatures);
        OutFeatures = outFeatures;
    }

    /// <summary>Size of the input's last axis; 0 in a lazy layer that has not been built.</summary>
    public int InFeatures { get; private set; }

    /// <summary>Size of the output's last axis.</summary>
    public int OutFeatures { get; }

    /// <summary>A layer that takes its number of inputs from <see cref="Layer.Build"/> or the first <see cref="Layer.Forward"/>.</summary>
    /// <exception cref="ArgumentException">A size below 1.</exception>
    public static Linear Lazy(int outFeatures, bool bias = true) => new(outFeatures, bias);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape)
    {
        if (inputShape.Rank < 2)
        {
            throw Refuse($"expects [batch, ..., features], input is {inputShape}");
        }

        if (IsBuilt && inputShape[^1] != InFeatures)
        {
            throw Refuse($"weight expects {InFeatures} input features, input is {inputShape}");
        }

        try
        {
            if (!IsBuilt)
            {
                TensorShape.Create([OutFeatures, inputShape[^1]]);
            }

            return [.. inputShape.Dimensions[..^1], OutFeatures];
        }
        catch (ArgumentException tooLarge)
        {
            throw Refuse(inputShape, tooLarge);
        }
    }

    internal override void Materialize(TensorShape inputShape)
    {
        if (!IsBuilt)
        {
            SetInFeatures(inputShape[^1]);
        }
    }

    /// <inheritdoc/>
    protected internal override long OwnMultiplyAdds(TensorShape inputShape) => (long)inputShape.Length * OutFeatures;

    private protected override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation) =>
        LinearPrimitives.Forward(Rows(inputShape), InFeatures, OutFeatures, input, Weight.Value.Values, BiasValues, output, activation);

    private protected override void Backward(Tensor input, ReadOnlySpan<float> gradSums, Tensor? gradInput)
    {
        int rows = Rows(input.Shape);
        LinearPrimitives.BackwardWeight(rows, InFeatures, OutFeatures, input.Values, gradSums, Weight.Gradient.Span, BiasGradients);
        if (gradInput is not null)
        {
            LinearPrimitives.BackwardInput(rows, InFeatures, OutFeatures, gradSums, Weight.Value.Values, gradInput.Span);
        }
    }

    private int Rows(TensorShape inputShape) => inputShape.Length / InFeatures;

    private void SetInFeatures(int inFeatures)
    {
        MakeParameters([OutFeatures, inFeatures]);
        InFeatures = inFeatures;
    }
}

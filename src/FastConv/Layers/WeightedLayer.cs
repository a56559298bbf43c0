using FastConv.Memory;
using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// A layer with a weight [out, in, ...] and a bias [out], whose input size may be left to the first input. Both start in
/// U(+-1 / sqrt(fan in)), PyTorch's default.
/// </summary>
public abstract class WeightedLayer : LeafLayer, IActivated
{
    private readonly bool _hasBias;
    private RandomSource _start = Unseeded();
    private Parameter? _weight;
    private Parameter? _bias;

    private protected WeightedLayer(bool hasBias) => _hasBias = hasBias;

    /// <summary>The weight, [out, in, ...].</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter Weight
    {
        get
        {
            ThrowIfNotBuilt();
            return _weight!;
        }
    }

    /// <summary>The bias, [out]; null for a layer without.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter? Bias
    {
        get
        {
            ThrowIfNotBuilt();
            return _bias;
        }
    }

    bool IActivated.TakesActivation => OwnActivation == Activation.None;

    internal override bool HasParameters => true;

    internal override bool BackwardReadsOutput => OwnActivation != Activation.None;

    internal override bool IsBuilt => _weight is not null;

    /// <summary>What the layer was told to apply to its output.</summary>
    private protected virtual Activation OwnActivation => Activation.None;

    /// <summary>The bias, or nothing.</summary>
    private protected ReadOnlySpan<float> BiasValues => _bias is null ? default : _bias.Value.Values;

    /// <summary>The gradient of the bias, or nothing.</summary>
    private protected Span<float> BiasGradients => _bias is null ? default : _bias.Gradient.Span;

    /// <summary>Makes the parameters, once the sizes are known.</summary>
    private protected void MakeParameters(TensorShape weightShape)
    {
        _weight = AddParameter("weight", new Tensor(weightShape));
        _bias = _hasBias ? AddParameter("bias", new Tensor(weightShape[0])) : null;
        Reset(_start);
    }

    void IActivated.Forward(Tensor input, Tensor output, Activation activation) => Infer(input.Shape, input.Values, output.Span, activation);

    void IActivated.Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation) =>
        Infer(inputShape, input, output, activation);

    /// <inheritdoc/>
    protected sealed override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        Infer(inputShape, input, output, OwnActivation);

    /// <inheritdoc/>
    protected sealed override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        ((IActivated)this).Backward(input, output, gradOutput, gradInput, OwnActivation);

    private protected abstract void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation);

    /// <summary>Backward from the gradient of the sums, before any activation.</summary>
    private protected abstract void Backward(Tensor input, ReadOnlySpan<float> gradSums, Tensor? gradInput);

    /// <inheritdoc/>
    protected sealed override void Reset(RandomSource random)
    {
        // A lazy layer keeps its source for the time when it is built.
        _start = random;
        if (_weight is null)
        {
            return;
        }

        Initializers.KaimingUniform(_weight.Value, random, Initializers.DefaultSlope);
        if (_bias is not null)
        {
            float fanIn = (float)_weight.Value.Length / _weight.Value.Shape[0];
            float bound = 1 / MathF.Sqrt(fanIn);
            Initializers.Uniform(_bias.Value, random, -bound, bound);
        }
    }

    void IActivated.Backward(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput, Activation activation)
    {
        if (activation == Activation.None)
        {
            Backward(input, gradOutput.Values, gradInput);
            return;
        }

        AlignedBuffer rented = BufferPool.Rent(gradOutput.Length);
        try
        {
            Span<float> gradSums = rented.Span[..gradOutput.Length];
            ReLUPrimitives.Backward(output.Values, gradOutput.Values, gradSums);
            Backward(input, gradSums, gradInput);
        }
        finally
        {
            BufferPool.Return(rented);
        }
    }
}

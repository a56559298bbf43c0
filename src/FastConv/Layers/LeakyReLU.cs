using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// x where it is above 0, elsewhere slope * x. Source: https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
/// </summary>
public sealed class LeakyReLU : ElementwiseLayer
{
    /// <summary>With the slope below 0.</summary>
    /// <exception cref="ArgumentException">The slope is not finite.</exception>
    public LeakyReLU(float negativeSlope = 0.01f)
    {
        if (!float.IsFinite(negativeSlope))
        {
            throw Refuse($"negativeSlope expects a finite number, received {negativeSlope}");
        }

        NegativeSlope = negativeSlope;
    }

    /// <summary>The slope below 0.</summary>
    public float NegativeSlope { get; }

    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        LeakyReLUPrimitives.Forward(input, NegativeSlope, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        LeakyReLUPrimitives.Backward(input.Span, gradOutput.Span, NegativeSlope, gradInput!.Span);
}

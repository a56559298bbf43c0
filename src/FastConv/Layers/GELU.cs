using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// x * (1 + erf(x / sqrt 2)) / 2, or its approximation by a tanh: <see cref="GELUPrimitives"/>.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.GELU.html
/// </summary>
public sealed class GELU : ElementwiseLayer
{
    /// <summary>With the error function unless told otherwise.</summary>
    /// <exception cref="ArgumentException">An approximation that there is none of.</exception>
    public GELU(GELUApproximation approximate = GELUApproximation.None)
    {
        if (!Enum.IsDefined(approximate))
        {
            throw Refuse($"approximate expects None or Tanh, received {approximate}");
        }

        Approximate = approximate;
    }

    /// <summary>How it is computed.</summary>
    public GELUApproximation Approximate { get; }

    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        GELUPrimitives.Forward(input, output, Approximate);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        GELUPrimitives.Backward(input.Span, gradOutput.Span, gradInput!.Span, Approximate);
}

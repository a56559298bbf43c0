using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>The hyperbolic tangent. Source: https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html</summary>
public sealed class Tanh : ElementwiseLayer
{
    internal override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        TanhPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        TanhPrimitives.Backward(output.Span, gradOutput.Span, gradInput!.Span);
}

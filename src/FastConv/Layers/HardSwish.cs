using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>x * (x / 6 + 1 / 2), the second factor limited to [0, 1]. Source: https://pytorch.org/docs/stable/generated/torch.nn.Hardswish.html</summary>
public sealed class HardSwish : ElementwiseLayer
{
    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        HardSwishPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        HardSwishPrimitives.Backward(input.Span, gradOutput.Span, gradInput!.Span);
}

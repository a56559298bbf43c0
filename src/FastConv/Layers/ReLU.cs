using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>max(x, 0). Source: https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html</summary>
public sealed class ReLU : ElementwiseLayer
{
    internal override bool OwnsOutput => FusedInto is null;

    internal override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        ReLUPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        ReLUPrimitives.Backward(output.Span, gradOutput.Span, gradInput!.Span);
}

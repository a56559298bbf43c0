using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>x * sigmoid(x). Source: https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html</summary>
public sealed class SiLU : ElementwiseLayer
{
    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        SiLUPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        SiLUPrimitives.Backward(input.Span, gradOutput.Span, gradInput!.Span);
}

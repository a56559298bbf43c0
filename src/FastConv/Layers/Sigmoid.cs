using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>1 / (1 + e^-x). Source: https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html</summary>
public sealed class Sigmoid : ElementwiseLayer
{
    internal override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        SigmoidPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        SigmoidPrimitives.Backward(output.Span, gradOutput.Span, gradInput!.Span);
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>x / 6 + 1 / 2, limited to [0, 1]. Source: https://pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html</summary>
public sealed class HardSigmoid : ElementwiseLayer
{
    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        HardSigmoidPrimitives.Forward(input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        HardSigmoidPrimitives.Backward(input.Span, gradOutput.Span, gradInput!.Span);
}

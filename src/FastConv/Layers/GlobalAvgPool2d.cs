using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// The mean of every channel: [batch, channels, height, width] to [batch, channels, 1, 1].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html (output size 1)
/// </summary>
public sealed class GlobalAvgPool2d : LeafLayer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => inputShape.Rank == 4
        ? [inputShape[0], inputShape[1], 1, 1]
        : throw Refuse($"expects [batch, channels, height, width], input is {inputShape}");

    internal override bool BackwardReadsInput => false;

    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        GlobalAvgPool2dPrimitives.Forward(output.Length, input.Length / output.Length, input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        GlobalAvgPool2dPrimitives.Backward(output.Length, input.Length / output.Length, gradOutput.Span, gradInput!.Span);
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// e^x / sum(e^x) over the classes of every sample. [batch, classes] to the same shape.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html (dim = 1)
/// </summary>
public sealed class Softmax : LeafLayer
{
    internal override bool InfersInPlace => true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) =>
        inputShape.Rank == 2 ? inputShape : throw Refuse($"expects [batch, classes], input is {inputShape}");

    internal override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        SoftmaxPrimitives.Forward(inputShape[0], inputShape[1], input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        SoftmaxPrimitives.Backward(input.Shape[0], input.Shape[1], output.Span, gradOutput.Span, gradInput!.Span);
}

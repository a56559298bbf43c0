using System.Runtime.InteropServices;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// The largest pixel of every window: [batch, channels, height, width] to [batch, channels, output height, output width].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
/// </summary>
public sealed class MaxPool2d : Pool2dLayer
{
    /// <summary>A window of the given size.</summary>
    /// <param name="kernelSize">Taps: one number or a (height, width) pair, as are stride and dilation.</param>
    /// <param name="stride">Pixels from window to window; the window's own size unless given.</param>
    /// <param name="padding">Pixels around the image that never are the largest.</param>
    /// <param name="dilation">Pixels from tap to tap; 1 unless given.</param>
    /// <param name="exactFit">Whether to refuse images whose last pixels no window reaches.</param>
    /// <exception cref="ArgumentException">A size, stride or dilation below 1, a negative padding, or more than <see cref="Pool2dShape.MaxWindowLength"/> taps.</exception>
    public MaxPool2d(Size2d kernelSize, Size2d? stride = null, Padding padding = default, Size2d? dilation = null, bool exactFit = false)
        : base(kernelSize, stride, padding, dilation ?? 1, exactFit)
    {
    }

    internal override bool BackwardReadsInput => false;

    internal override bool BackwardReadsOutput => false;

    internal override TensorShape? SavedShape(TensorShape inputShape) => [(ShapeFor(inputShape).ArgmaxLength - 1) / sizeof(float) + 1];

    /// <inheritdoc/>
    protected override void ForwardCore(Tensor input, Tensor output)
    {
        Pool2dShape shape = ShapeFor(input.Shape);
        MaxPool2dPrimitives.Forward(shape, input.Values, output.Span, Argmax(shape));
    }

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        MaxPool2dPrimitives.Forward(ShapeFor(inputShape), input, output);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput)
    {
        Pool2dShape shape = ShapeFor(input.Shape);
        MaxPool2dPrimitives.Backward(shape, gradOutput.Values, Argmax(shape), gradInput!.Span);
    }

    // The winners are bytes in the memory of a step, which is floats.
    private Span<byte> Argmax(Pool2dShape shape) => MemoryMarshal.AsBytes(StepTensor(StepSlot.Saved).Span)[..shape.ArgmaxLength];
}

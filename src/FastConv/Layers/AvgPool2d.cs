using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// The mean of every window: [batch, channels, height, width] to [batch, channels, output height, output width].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
/// </summary>
public sealed class AvgPool2d : Pool2dLayer
{
    /// <summary>A window of the given size.</summary>
    /// <param name="kernelSize">Taps: one number or a (height, width) pair, as is the stride.</param>
    /// <param name="stride">Pixels from window to window; the window's own size unless given.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="countIncludePad">Whether the padding counts in the mean.</param>
    /// <param name="exactFit">Whether to refuse images whose last pixels no window reaches.</param>
    /// <exception cref="ArgumentException">A size or stride below 1, a negative padding, or more than <see cref="Pool2dShape.MaxWindowLength"/> taps.</exception>
    public AvgPool2d(Size2d kernelSize, Size2d? stride = null, Padding padding = default, bool countIncludePad = true, bool exactFit = false)
        : base(kernelSize, stride, padding, dilation: 1, exactFit) => CountIncludePad = countIncludePad;

    /// <summary>Whether the padding counts in the mean.</summary>
    public bool CountIncludePad { get; }

    internal override bool BackwardReadsInput => false;

    internal override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        AvgPool2dPrimitives.Forward(ShapeFor(inputShape), input, output, CountIncludePad);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        AvgPool2dPrimitives.Backward(ShapeFor(input.Shape), gradOutput.Span, gradInput!.Span, CountIncludePad);
}

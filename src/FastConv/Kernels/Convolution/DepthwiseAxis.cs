using FastConv.Shapes;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// One axis of a depthwise pass over a padded source: result i reads the padded pixels i * Step + [0, Span), and padded pixel q is pixel
/// q - Before of the source, zero where there is none. A negative Before leaves out the first pixels.
/// </summary>
internal readonly record struct DepthwiseAxis(int Source, int Result, int Before, int Step, int Span)
{
    /// <summary>The input is the source of the output.</summary>
    public static DepthwiseAxis Forward(WindowAxis axis) => new(axis.Input, axis.Output, axis.PaddingBefore, axis.Stride, axis.Extent);

    /// <summary>
    /// The output's gradient is the source of every phase of the input's gradient: pixel phase + i * stride sees window
    /// i + <see cref="WindowUnder"/> through a tap, so one padded source serves all phases, at step 1.
    /// </summary>
    public static DepthwiseAxis BackwardInput(WindowAxis axis)
    {
        // Divisions cut towards zero: up, for a negative distance.
        long distance = (long)axis.PaddingBefore - (axis.Extent - 1);
        int first = (int)((distance > 0 ? distance + axis.Stride - 1 : distance) / axis.Stride);
        int last = (int)(((long)axis.Stride - 1 + axis.PaddingBefore) / axis.Stride);
        return new DepthwiseAxis(axis.Output, (axis.Input - 1) / axis.Stride + 1, -first, 1, last - first + 1);
    }

    /// <summary>Padded pixels that so many neighbouring results read.</summary>
    public int PaddedLength(int results) => (results - 1) * Step + Span;

    /// <summary>
    /// Which window, counted from that of pixel 0 of the phase, sees a pixel of the phase through the tap:
    /// (phase + padding - tap * dilation) / stride; false where none does.
    /// </summary>
    public static bool WindowUnder(WindowAxis axis, int phase, int tap, out int window)
    {
        long distance = (long)phase + axis.PaddingBefore - (long)tap * axis.Dilation;
        window = (int)(distance / axis.Stride);
        return distance % axis.Stride == 0;
    }
}

using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>The sizes of a band of rows of windows, and of the rows in <see cref="MaxPoolWindows"/>' scratch.</summary>
internal static class MaxPoolBand
{
    // Floats of a band's scratch, about: a small part of a second-level cache.
    private const int BandLength = 1 << 14;

    /// <summary>Rows of windows.</summary>
    public static int Rows(Pool2dShape shape)
    {
        int rows = BandLength / RowLength(shape) - shape.Vertical.Extent;
        return Math.Clamp(rows / shape.Vertical.Stride + 1, 1, shape.Vertical.Output);
    }

    /// <summary>Rows of pixels from the first to the last that a band's windows reach.</summary>
    public static int PixelRows(Pool2dShape shape) => checked((Rows(shape) - 1) * shape.Vertical.Stride + shape.Vertical.Extent);

    /// <summary>Floats of a row of pixels: its phases, the winners and their taps.</summary>
    public static int RowLength(Pool2dShape shape) => checked(shape.Horizontal.Stride * PhasePitch(shape.Horizontal) + 2 * Pitch(shape.Horizontal));

    /// <summary>Floats of a row of windows.</summary>
    public static int Pitch(WindowAxis axis) => RoundUp(axis.Output);

    /// <summary>Floats of one phase of a row of pixels.</summary>
    public static int PhasePitch(WindowAxis axis) => checked(RoundUp(PhaseAxis(axis).Output) + SimdDispatch.ReductionLanes);

    /// <summary>Column j of phase r is the pixel j * stride + r - padding: as if windows of stride taps stood side by side, all pixels under one.</summary>
    public static WindowAxis PhaseAxis(WindowAxis axis)
    {
        int stride = axis.Stride;
        long reached = (long)axis.Output + (axis.Extent - 1) / stride;
        long columns = Math.Max(reached, ((long)axis.Input + axis.PaddingBefore + stride - 1) / stride);
        return new WindowAxis(axis.Input, stride, stride, axis.PaddingBefore, checked((int)(columns * stride - axis.Input - axis.PaddingBefore)));
    }

    // Whole vectors of any width are read and written.
    private static int RoundUp(int length) =>
        checked(length + SimdDispatch.ReductionLanes - 1) / SimdDispatch.ReductionLanes * SimdDispatch.ReductionLanes;
}

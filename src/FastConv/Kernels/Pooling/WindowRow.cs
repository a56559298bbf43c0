using FastConv.Shapes;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// The windows of one row of a plane, a tap at a time: tap kw of windows [First, End) lies on the image, at equal distances, so that no
/// loop over a row asks where the image ends.
/// </summary>
internal static unsafe class WindowRow
{
    /// <summary>Ints that <see cref="WriteRanges"/> fills.</summary>
    public static int RangesLength(WindowAxis axis) => checked(2 * axis.Window);

    /// <summary>ranges[2 * tap], ranges[2 * tap + 1] = the windows [First, End) whose tap lies on the image.</summary>
    public static void WriteRanges(WindowAxis axis, int* ranges)
    {
        for (int tap = 0; tap < axis.Window; tap++)
        {
            (ranges[2 * tap], ranges[2 * tap + 1]) = axis.OutputsInside(tap);
        }
    }

    /// <summary>counts[output] = taps of the window that lie on the image, or all where padding counts.</summary>
    public static void WriteCounts(WindowAxis axis, bool countIncludePad, float* counts)
    {
        for (int output = 0; output < axis.Output; output++)
        {
            (int first, int end) = axis.TapsInside(output);
            counts[output] = countIncludePad ? axis.Window : end - first;
        }
    }

    /// <summary>values[output] = the pixel under the tap, for the windows in [first, end).</summary>
    public static void Gather(WindowAxis axis, int tap, int first, int end, float* row, float* values)
    {
        float* source = row + axis.InputOf(first, tap);
        if (axis.Stride == 1)
        {
            new ReadOnlySpan<float>(source, end - first).CopyTo(new Span<float>(values + first, end - first));
            return;
        }

        for (int output = first; output < end; output++)
        {
            values[output] = *source;
            source += axis.Stride;
        }
    }

    /// <summary>sums[output] += the pixels under every tap that lies on the image.</summary>
    public static void AddTaps(WindowAxis axis, int* ranges, float* row, float* sums)
    {
        for (int tap = 0; tap < axis.Window; tap++)
        {
            int end = ranges[2 * tap + 1];
            float* source = row + axis.InputOf(ranges[2 * tap], tap);
            for (int output = ranges[2 * tap]; output < end; output++)
            {
                sums[output] += *source;
                source += axis.Stride;
            }
        }
    }

    /// <summary>The transpose of <see cref="AddTaps"/>: every pixel under a tap gets the window's value added.</summary>
    public static void AddToTaps(WindowAxis axis, int* ranges, float* values, float* row)
    {
        for (int tap = 0; tap < axis.Window; tap++)
        {
            int end = ranges[2 * tap + 1];
            float* destination = row + axis.InputOf(ranges[2 * tap], tap);
            for (int output = ranges[2 * tap]; output < end; output++)
            {
                *destination += values[output];
                destination += axis.Stride;
            }
        }
    }
}

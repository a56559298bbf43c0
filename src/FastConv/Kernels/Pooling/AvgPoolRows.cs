using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// A row of windows side by side over one row of pixels that already is the sum of the rows under them, and the transpose. Rows are laid
/// out with their padding, so that no tap asks for the image's edge; whole vectors are read and written.
/// </summary>
internal static unsafe class AvgPoolRows
{
    /// <summary>Floats of a row of pixels: the padded image or what the windows reach, and a vector more on either side.</summary>
    public static int PixelsLength(WindowAxis axis) => checked(
        axis.Input + axis.PaddingBefore + axis.PaddingAfter + axis.Window + axis.Stride * SimdDispatch.ReductionLanes + 2 * SimdDispatch.ReductionLanes);

    /// <summary>Floats of a row of windows, between zeros.</summary>
    public static int WindowsLength(WindowAxis axis) => checked(PixelsLength(axis) + 2 * axis.Window);

    /// <summary>sums[ow] = the sum of the pixels under window ow.</summary>
    /// <param name="axis">Without dilation.</param>
    /// <param name="pixels">The padded row, from the first pixel of padding on.</param>
    /// <param name="sums">A whole number of vectors.</param>
    public static void Sum<V>(WindowAxis axis, float* pixels, float* sums)
        where V : struct, IVector<V>
    {
        if (axis.Stride > 2)
        {
            SumFarApart(axis, pixels, sums);
            return;
        }

        for (int ow = 0; ow < axis.Output; ow += V.Count)
        {
            float* tap = pixels + axis.Stride * ow;
            V sum = V.Zero;
            int kw = 0;
            if (axis.Stride == 1)
            {
                for (; kw < axis.Window; kw++)
                {
                    sum += V.Load(tap + kw);
                }
            }
            else
            {
                for (; kw < axis.Window - 1; kw += 2)
                {
                    V first = V.Load(tap + kw);
                    V second = V.Load(tap + kw + V.Count);
                    sum = sum + V.Evens(first, second) + V.Odds(first, second);
                }

                if (kw < axis.Window)
                {
                    sum += V.Evens(V.Load(tap + kw), V.Load(tap + kw + V.Count));
                }
            }

            sum.Store(sums + ow);
        }
    }

    /// <summary>pixels[i] = the sum of the windows over pixel i of the padded row.</summary>
    /// <param name="axis">Without dilation.</param>
    /// <param name="windows">Window 0; so many zeros before it and behind the last as a window is wide, and a vector more.</param>
    /// <param name="pixels">Overwritten, to the end of the padded image.</param>
    public static void Spread<V>(WindowAxis axis, float* windows, float* pixels)
        where V : struct, IVector<V>
    {
        int padded = axis.PaddingBefore + axis.Input;
        if (axis.Stride > 2)
        {
            SpreadFarApart(axis, windows, pixels, padded);
            return;
        }

        for (int i = 0; i < padded; i += axis.Stride * V.Count)
        {
            float* window = windows + i / axis.Stride;
            V evens = V.Zero;
            V odds = V.Zero;
            if (axis.Stride == 1)
            {
                for (int kw = axis.Window - 1; kw >= 0; kw--)
                {
                    evens += V.Load(window - kw);
                }

                evens.Store(pixels + i);
                continue;
            }

            for (int kw = (axis.Window - 1) / 2; kw >= 0; kw--)
            {
                evens += V.Load(window - kw);
            }

            for (int kw = axis.Window / 2 - 1; kw >= 0; kw--)
            {
                odds += V.Load(window - kw);
            }

            V.InterleaveLow(evens, odds).Store(pixels + i);
            V.InterleaveHigh(evens, odds).Store(pixels + i + V.Count);
        }
    }

    private static void SumFarApart(WindowAxis axis, float* pixels, float* sums)
    {
        for (int ow = 0; ow < axis.Output; ow++)
        {
            float sum = 0;
            for (int kw = 0; kw < axis.Window; kw++)
            {
                sum += pixels[ow * axis.Stride + kw];
            }

            sums[ow] = sum;
        }
    }

    private static void SpreadFarApart(WindowAxis axis, float* windows, float* pixels, int padded)
    {
        new Span<float>(pixels, padded).Clear();
        for (int ow = 0; ow < axis.Output; ow++)
        {
            for (int kw = 0; kw < axis.Window; kw++)
            {
                pixels[ow * axis.Stride + kw] += windows[ow];
            }
        }
    }
}

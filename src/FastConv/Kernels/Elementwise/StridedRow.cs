using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// Every so many pixels of a row to a run of neighbours and back. Nothing outside the row and the run is touched: last vectors overlap the
/// ones before them, and pairs of pixels are taken from the side that has a neighbour.
/// </summary>
internal static unsafe class StridedRow
{
    /// <summary>run[i] = row[first + i * stride].</summary>
    /// <param name="row">From its first pixel on.</param>
    /// <param name="width">Pixels of the row.</param>
    /// <param name="first">Of the row, for run[0].</param>
    /// <param name="stride">Pixels apart.</param>
    /// <param name="length">Of the run.</param>
    /// <param name="run">Overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<V>(float* row, int width, int first, int stride, int length, float* run)
        where V : struct, IVector<V>
    {
        float* pixels = row + first;
        int last = length - V.Count;
        if (last < 0 || stride > 2)
        {
            for (int i = 0; i < length; i++)
            {
                run[i] = pixels[(nint)i * stride];
            }
        }
        else if (stride == 1)
        {
            for (int i = 0; i < last; i += V.Count)
            {
                V.Load(pixels + i).Store(run + i);
            }

            V.Load(pixels + last).Store(run + last);
        }
        else if (first + 2 * length <= width)
        {
            for (int i = 0; i < length; i += V.Count)
            {
                float* pair = pixels + 2 * Math.Min(i, last);
                V.Evens(V.Load(pair), V.Load(pair + V.Count)).Store(run + Math.Min(i, last));
            }
        }
        else
        {
            OddsOf<V>(pixels, first, length, run);
        }
    }

    /// <summary>row[first + i * stride] += run[i].</summary>
    /// <param name="run">[length].</param>
    /// <param name="length">Of the run.</param>
    /// <param name="row">From its first pixel on.</param>
    /// <param name="width">Pixels of the row.</param>
    /// <param name="first">Of the row, for run[0].</param>
    /// <param name="stride">Pixels apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(float* run, int length, float* row, int width, int first, int stride)
        where V : struct, IVector<V>
    {
        float* pixels = row + first;
        int last = length - V.Count;
        bool hasNext = first + 2 * length <= width;
        if (last < 0 || stride > 2 || (stride == 2 && !hasNext && first == 0))
        {
            for (int i = 0; i < length; i++)
            {
                pixels[(nint)i * stride] += run[i];
            }
        }
        else if (stride == 1)
        {
            // Added before the vectors that it overlaps, stored after them.
            V sum = V.Load(pixels + last) + V.Load(run + last);
            for (int i = 0; i < last; i += V.Count)
            {
                (V.Load(pixels + i) + V.Load(run + i)).Store(pixels + i);
            }

            sum.Store(pixels + last);
        }
        else if (hasNext)
        {
            AddPairs<V>(run, last, pixels, isFirst: true);
        }
        else
        {
            AddPairs<V>(run, last, pixels - 1, isFirst: false);
        }
    }

    // From one pixel earlier, or one by one where the row begins with the run and ends with it.
    private static void OddsOf<V>(float* pixels, int first, int length, float* run)
        where V : struct, IVector<V>
    {
        if (first == 0)
        {
            *run++ = *pixels;
            pixels += 2;
            length--;
        }

        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            float* pair = pixels + 2 * i - 1;
            V.Odds(V.Load(pair), V.Load(pair + V.Count)).Store(run + i);
        }

        for (; i < length; i++)
        {
            run[i] = pixels[2 * i];
        }
    }

    // Zero is added to the other pixel of every pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPairs<V>(float* run, int last, float* pairs, bool isFirst)
        where V : struct, IVector<V>
    {
        float* end = pairs + 2 * last;
        V values = V.Load(run + last);
        V low = V.Load(end) + Low(values, isFirst);
        V high = V.Load(end + V.Count) + High(values, isFirst);
        for (int i = 0; i < last; i += V.Count)
        {
            float* pair = pairs + 2 * i;
            values = V.Load(run + i);
            (V.Load(pair) + Low(values, isFirst)).Store(pair);
            (V.Load(pair + V.Count) + High(values, isFirst)).Store(pair + V.Count);
        }

        low.Store(end);
        high.Store(end + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Low<V>(V values, bool isFirst)
        where V : struct, IVector<V> => isFirst ? V.InterleaveLow(values, V.Zero) : V.InterleaveLow(V.Zero, values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V High<V>(V values, bool isFirst)
        where V : struct, IVector<V> => isFirst ? V.InterleaveHigh(values, V.Zero) : V.InterleaveHigh(V.Zero, values);
}

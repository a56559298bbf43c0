using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>Copies rows of a plane into a padded band.</summary>
internal static unsafe class DepthwisePadding
{
    /// <summary>Fills the padded rows that results [first, first + results) read.</summary>
    /// <param name="layout">Where pixels go.</param>
    /// <param name="plane">[source rows, source columns].</param>
    /// <param name="end">Behind the last float that may be read.</param>
    /// <param name="first">The first result row.</param>
    /// <param name="results">How many result rows.</param>
    /// <param name="band">Zeroed once, then only written by this method under the same layout.</param>
    public static void Fill<V>(in DepthwiseLayout layout, float* plane, float* end, int first, int results, float* band)
        where V : struct, IVector<V>
    {
        Debug.Assert(first >= 0 && results > 0 && first + results <= layout.Vertical.Result);
        int sourceRow = first * layout.Vertical.Step - layout.Vertical.Before;
        int rows = layout.Vertical.PaddedLength(results);
        int top = Math.Min(Math.Max(0, -sourceRow), rows);
        int inside = layout.Columns == 0 ? 0 : Math.Max(0, Math.Min(layout.Vertical.Source - sourceRow, rows) - top);

        // A band of all rows has its rows of padding in the same place every time.
        if (results < layout.Vertical.Result)
        {
            new Span<float>(band, top * layout.RowPitch).Clear();
            new Span<float>(band + (nint)(top + inside) * layout.RowPitch, (rows - top - inside) * layout.RowPitch).Clear();
        }

        if (inside == 0)
        {
            return;
        }

        int width = layout.Horizontal.Source;
        float* source = plane + (nint)(sourceRow + top) * width + layout.Skip;
        band += (nint)top * layout.RowPitch;
        int step = V.Count * layout.Phases;
        long reach = (layout.Columns + step - 1) / step * step;
        long left = end - source - (inside - 1) * (nint)width;
        int whole = inside;
        for (; whole > 0 && left < reach; left += width)
        {
            whole--;
        }

        if (layout.Phases == 1)
        {
            CopyRows<V>(source, width, whole, layout.Columns, band + layout.Evens, layout.RowPitch);
        }
        else if (layout.Phases == 2)
        {
            SplitRows<V>(source, width, whole, layout.Columns, band + layout.Evens, band + layout.Odds, layout.RowPitch);
        }
        else
        {
            whole = 0;
        }

        for (int row = whole; row < inside; row++)
        {
            ScatterRow(layout, source + (nint)row * width, band + (nint)row * layout.RowPitch);
        }
    }

    // The last vector of a row brings junk from behind it: zeros, where the margin may be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<V>(float* source, int width, int rows, int columns, float* band, int pitch)
        where V : struct, IVector<V>
    {
        int last = (columns - 1) / V.Count * V.Count;
        V mask = V.MaskFirst(columns - last);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < last; i += V.Count)
            {
                V.Load(source + i).Store(band + i);
            }

            V.Select(mask, V.Load(source + last), V.Zero).Store(band + last);
            source += width;
            band += pitch;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SplitRows<V>(float* source, int width, int rows, int columns, float* evens, float* odds, int pitch)
        where V : struct, IVector<V>
    {
        int last = (columns - 1) / (2 * V.Count) * V.Count;
        V evensMask = V.MaskFirst((columns + 1) / 2 - last);
        V oddsMask = V.MaskFirst(columns / 2 - last);
        for (int row = 0; row < rows; row++)
        {
            V low, high;
            for (int i = 0; i < last; i += V.Count)
            {
                low = V.Load(source + 2 * i);
                high = V.Load(source + 2 * i + V.Count);
                V.Evens(low, high).Store(evens + i);
                V.Odds(low, high).Store(odds + i);
            }

            low = V.Load(source + 2 * last);
            high = V.Load(source + 2 * last + V.Count);
            V.Select(evensMask, V.Evens(low, high), V.Zero).Store(evens + last);
            V.Select(oddsMask, V.Odds(low, high), V.Zero).Store(odds + last);
            source += width;
            evens += pitch;
            odds += pitch;
        }
    }

    private static void ScatterRow(in DepthwiseLayout layout, float* source, float* row)
    {
        if (layout.Phases == 1)
        {
            new ReadOnlySpan<float>(source, layout.Columns).CopyTo(new Span<float>(row + layout.Evens, layout.Columns));
            return;
        }

        for (int phase = 0; phase < layout.Phases; phase++)
        {
            float* to = row + layout.OffsetOf(0, layout.First + phase);
            for (int i = phase; i < layout.Columns; i += layout.Phases)
            {
                *to++ = source[i];
            }
        }
    }
}

using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>One row out of its column phases: result[i * phases + phase] = phase row [i].</summary>
internal static unsafe class DepthwiseInterleave
{
    /// <summary>Floats of scratch for the rows at the end of a plane.</summary>
    public static int EdgeLength(int columns) => DepthwiseLayout.RoundUp(columns) + 2 * SimdDispatch.ReductionLanes;

    /// <param name="rows">The row of phase 0.</param>
    /// <param name="pitch">Floats from a phase's row to that of the next phase; whole vectors are read.</param>
    /// <param name="phases">How many.</param>
    /// <param name="result">[columns]; junk may follow up to the next whole vectors.</param>
    /// <param name="columns">Results of the row.</param>
    /// <param name="end">Behind the last float of the result that may be written.</param>
    /// <param name="edge"><see cref="EdgeLength"/> floats.</param>
    public static void Row<V>(float* rows, nint pitch, int phases, float* result, int columns, float* end, float* edge)
        where V : struct, IVector<V>
    {
        if (phases == 2)
        {
            int step = 2 * V.Count;
            bool fits = end - result >= (nint)(columns + step - 1) / step * step;
            float* to = fits ? result : edge;
            for (int i = 0; i < columns; i += step)
            {
                V evens = V.Load(rows + i / 2);
                V odds = V.Load(rows + pitch + i / 2);
                V.InterleaveLow(evens, odds).Store(to + i);
                V.InterleaveHigh(evens, odds).Store(to + i + V.Count);
            }

            if (!fits)
            {
                new ReadOnlySpan<float>(edge, columns).CopyTo(new Span<float>(result, columns));
            }

            return;
        }

        for (int phase = 0; phase < phases; phase++)
        {
            float* from = rows + phase * pitch;
            for (int i = phase; i < columns; i += phases)
            {
                result[i] = *from++;
            }
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Rows of results from a padded band: result[row, column] = init + sum over taps, in their order, one FMA each, of weight * source[row * step +
/// offset of the tap + column].
/// </summary>
/// <remarks>
/// Rows are stored as whole vectors: what a row's last one has too much falls on the next row, which is stored after it. So blocks of rows
/// go upwards, the columns of a block from the last to the first, and the rows whose surplus would leave the plane go through scratch.
/// The loops of the depthwise kernels are compiled once and optimised: a profile taken on one layer's planes makes them slower on another's.
/// </remarks>
internal static unsafe class DepthwiseRows
{
    /// <summary>Result rows of one block: accumulators that hide the latency of an FMA and share what they load.</summary>
    public const int BlockRows = 4;

    /// <summary>Floats of scratch for the rows at the end of a plane.</summary>
    public static int EdgeLength(int columns) =>
        (2 * BlockRows + SimdDispatch.ReductionLanes / columns) * DepthwiseLayout.RoundUp(columns);

    /// <param name="rows">The band, the taps and where results go.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="end">Behind the last float of the result that may be written.</param>
    /// <param name="edge"><see cref="EdgeLength"/> floats.</param>
    public static void Run<V>(in DepthwiseRowsCall rows, int count, float* end, float* edge)
        where V : struct, IVector<V>
    {
        Debug.Assert(end - rows.Result >= (count - 1) * (nint)rows.ResultPitch + rows.Columns);
        int wholeVectors = (rows.Columns + V.Count - 1) / V.Count * V.Count;
        long fitting = end - rows.Result - wholeVectors;
        int inPlace = fitting < 0 ? 0 : (int)Math.Min(fitting / rows.ResultPitch + 1, count);
        if (inPlace == count)
        {
            Blocks<V>(rows, count);
            return;
        }

        // Whole blocks in place; the rest, and no less than a block where there is one, beside it.
        inPlace = inPlace / BlockRows * BlockRows;
        if (inPlace > 0)
        {
            Blocks<V>(rows, inPlace);
        }

        int first = Math.Max(0, Math.Min(inPlace, count - BlockRows));
        Blocks<V>(rows.From(first) with { Result = edge, ResultPitch = wholeVectors }, count - first);
        for (int row = first; row < count; row++, edge += wholeVectors)
        {
            float* result = rows.Result + (nint)row * rows.ResultPitch;
            if (end - result >= wholeVectors)
            {
                for (int i = 0; i < wholeVectors; i += V.Count)
                {
                    V.Load(edge + i).Store(result + i);
                }
            }
            else
            {
                new ReadOnlySpan<float>(edge, rows.Columns).CopyTo(new Span<float>(result, rows.Columns));
            }
        }
    }

    private static void Blocks<V>(in DepthwiseRowsCall rows, int count)
        where V : struct, IVector<V>
    {
        if (rows.IsThreeByThree && count >= BlockRows)
        {
            if (rows.SourcePitch == rows.TapRowPitch)
            {
                DepthwiseRows3x3.Step1<V>(rows, count);
            }
            else
            {
                DepthwiseRows3x3.Step2<V>(rows, count);
            }
        }
        else
        {
            AnyTaps<V>(rows, count);
        }
    }

    // Fewer rows than a block has are done more than once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AnyTaps<V>(in DepthwiseRowsCall rows, int count)
        where V : struct, IVector<V>
    {
        int* offsets = rows.Offsets;
        float* weights = rows.Weights;
        int taps = rows.Taps;
        nint source1 = Math.Min(1, count - 1) * (nint)rows.SourcePitch;
        nint source2 = Math.Min(2, count - 1) * (nint)rows.SourcePitch;
        nint source3 = Math.Min(3, count - 1) * (nint)rows.SourcePitch;
        nint result1 = Math.Min(1, count - 1) * (nint)rows.ResultPitch;
        nint result2 = Math.Min(2, count - 1) * (nint)rows.ResultPitch;
        nint result3 = Math.Min(3, count - 1) * (nint)rows.ResultPitch;
        V init = V.Broadcast(rows.Init);
        for (int block = 0; block < count; block += BlockRows)
        {
            DepthwiseRowsCall first = rows.From(Math.Max(0, Math.Min(block, count - BlockRows)));
            for (int column = (rows.Columns - 1) / V.Count * V.Count; column >= 0; column -= V.Count)
            {
                V sum0 = init, sum1 = init, sum2 = init, sum3 = init;
                for (int tap = 0; tap < taps; tap++)
                {
                    V weight = V.Broadcast(weights[tap]);
                    float* x = first.Source + offsets[tap] + column;
                    sum0 = V.FusedMultiplyAdd(weight, V.Load(x), sum0);
                    sum1 = V.FusedMultiplyAdd(weight, V.Load(x + source1), sum1);
                    sum2 = V.FusedMultiplyAdd(weight, V.Load(x + source2), sum2);
                    sum3 = V.FusedMultiplyAdd(weight, V.Load(x + source3), sum3);
                }

                if (rows.ClampsAtZero)
                {
                    sum0 = V.Max(sum0, V.Zero);
                    sum1 = V.Max(sum1, V.Zero);
                    sum2 = V.Max(sum2, V.Zero);
                    sum3 = V.Max(sum3, V.Zero);
                }

                float* y = first.Result + column;
                sum0.Store(y);
                sum1.Store(y + result1);
                sum2.Store(y + result2);
                sum3.Store(y + result3);
            }
        }
    }
}

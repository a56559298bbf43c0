using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>
/// The first sum of a reduction over one row, for kernels that run over 16 lanes themselves and go through many, perhaps short, rows:
/// <see cref="ReductionKernel.Run"/> without its dispatch. Elements behind the row's end count as 0.
/// </summary>
internal static unsafe class RowReduction
{
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    /// <param name="length">Elements of the row.</param>
    /// <param name="lanes">Memory for one vector.</param>
    public static double Of<TReduction, V>(float* x, float* y, int length, float* lanes)
        where TReduction : struct, IReduction
        where V : struct, IVector<V>
    {
        Debug.Assert(V.Count == SimdDispatch.ReductionLanes && length > 0);
        double total = 0;
        int i = 0;
        while (i < length)
        {
            int end = Math.Min(length - i, LaneSum.StepsPerChunk * V.Count) + i;
            V sum = V.Zero;
            V unused = V.Zero;
            for (; i <= end - V.Count; i += V.Count)
            {
                TReduction.Accumulate(V.Load(x + i), V.Load(y + i), V.Zero, ref sum, ref unused);
            }

            if (i < end)
            {
                TReduction.Accumulate(V.LoadFirst(x + i, end - i), V.LoadFirst(y + i, end - i), V.Zero, ref sum, ref unused);
                i = end;
            }

            LaneSum.AddTo(sum, lanes, ref total);
        }

        return total;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary><see cref="DepthwiseSums3x3"/> for planes that need no padded copy, with the same sums.</summary>
internal static unsafe class DepthwiseNarrowSums
{
    private const int Lanes = SimdDispatch.ReductionLanes;

    /// <param name="plane">The input.</param>
    /// <param name="before">Rows of padding before it.</param>
    /// <param name="g">The output gradient; what whole vectors read behind its rows does not count.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="lanes">[taps, 16]: the first V.Count lanes of each are added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<V>(in DepthwiseNarrowPlane plane, int before, float* g, int rows, int columns, float* lanes)
        where V : struct, IVector<V>
    {
        Debug.Assert(rows > 1 && columns <= V.Count);
        V mask0 = plane.MaskOf<V>(0), mask1 = plane.MaskOf<V>(1), mask2 = plane.MaskOf<V>(2), mask = V.MaskFirst(columns);
        V sum0 = V.Load(lanes);
        V sum1 = V.Load(lanes + 1 * Lanes);
        V sum2 = V.Load(lanes + 2 * Lanes);
        V sum3 = V.Load(lanes + 3 * Lanes);
        V sum4 = V.Load(lanes + 4 * Lanes);
        V sum5 = V.Load(lanes + 5 * Lanes);
        V sum6 = V.Load(lanes + 6 * Lanes);
        V sum7 = V.Load(lanes + 7 * Lanes);
        V sum8 = V.Load(lanes + 8 * Lanes);
        float* row;
        V x0, x1, x2;
        V older = V.Select(mask, V.Load(g), V.Zero);
        row = plane.Row(-before);
        x0 = V.Select(mask0, V.Load(row), V.Zero);
        x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
        x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
        sum0 = V.FusedMultiplyAdd(x0, older, sum0);
        sum1 = V.FusedMultiplyAdd(x1, older, sum1);
        sum2 = V.FusedMultiplyAdd(x2, older, sum2);
        V newer = V.Select(mask, V.Load(g + columns), V.Zero);
        row = plane.Row(1 - before);
        x0 = V.Select(mask0, V.Load(row), V.Zero);
        x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
        x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
        sum0 = V.FusedMultiplyAdd(x0, newer, sum0);
        sum1 = V.FusedMultiplyAdd(x1, newer, sum1);
        sum2 = V.FusedMultiplyAdd(x2, newer, sum2);
        sum3 = V.FusedMultiplyAdd(x0, older, sum3);
        sum4 = V.FusedMultiplyAdd(x1, older, sum4);
        sum5 = V.FusedMultiplyAdd(x2, older, sum5);
        for (int i = 2; i < rows; i++)
        {
            V newest = V.Select(mask, V.Load(g + i * columns), V.Zero);
            row = plane.Row(i - before);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum0 = V.FusedMultiplyAdd(x0, newest, sum0);
            sum1 = V.FusedMultiplyAdd(x1, newest, sum1);
            sum2 = V.FusedMultiplyAdd(x2, newest, sum2);
            sum3 = V.FusedMultiplyAdd(x0, newer, sum3);
            sum4 = V.FusedMultiplyAdd(x1, newer, sum4);
            sum5 = V.FusedMultiplyAdd(x2, newer, sum5);
            sum6 = V.FusedMultiplyAdd(x0, older, sum6);
            sum7 = V.FusedMultiplyAdd(x1, older, sum7);
            sum8 = V.FusedMultiplyAdd(x2, older, sum8);
            older = newer;
            newer = newest;
        }

        row = plane.Row(rows - before);
        x0 = V.Select(mask0, V.Load(row), V.Zero);
        x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
        x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
        sum3 = V.FusedMultiplyAdd(x0, newer, sum3);
        sum4 = V.FusedMultiplyAdd(x1, newer, sum4);
        sum5 = V.FusedMultiplyAdd(x2, newer, sum5);
        sum6 = V.FusedMultiplyAdd(x0, older, sum6);
        sum7 = V.FusedMultiplyAdd(x1, older, sum7);
        sum8 = V.FusedMultiplyAdd(x2, older, sum8);
        row = plane.Row(rows + 1 - before);
        x0 = V.Select(mask0, V.Load(row), V.Zero);
        x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
        x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
        sum6 = V.FusedMultiplyAdd(x0, newer, sum6);
        sum7 = V.FusedMultiplyAdd(x1, newer, sum7);
        sum8 = V.FusedMultiplyAdd(x2, newer, sum8);
        sum0.Store(lanes);
        sum1.Store(lanes + 1 * Lanes);
        sum2.Store(lanes + 2 * Lanes);
        sum3.Store(lanes + 3 * Lanes);
        sum4.Store(lanes + 4 * Lanes);
        sum5.Store(lanes + 5 * Lanes);
        sum6.Store(lanes + 6 * Lanes);
        sum7.Store(lanes + 7 * Lanes);
        sum8.Store(lanes + 8 * Lanes);
    }
}

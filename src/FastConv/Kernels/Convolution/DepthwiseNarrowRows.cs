using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary><see cref="DepthwiseRows3x3.Step1"/> for planes that need no padded copy, with the same sums.</summary>
internal static unsafe class DepthwiseNarrowRows
{
    /// <param name="plane">The source.</param>
    /// <param name="before">Rows of padding before it.</param>
    /// <param name="rows">Weights, init, result; the source is not read.</param>
    /// <param name="count">All rows of the result; whole vectors of each are stored.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(in DepthwiseNarrowPlane plane, int before, in DepthwiseRowsCall rows, int count)
        where V : struct, IVector<V>
    {
        Debug.Assert(rows.Taps == 9 && count >= DepthwiseRows.BlockRows && rows.Columns <= V.Count);
        float* weights = rows.Weights;
        V w00 = V.Broadcast(weights[0]), w01 = V.Broadcast(weights[1]), w02 = V.Broadcast(weights[2]);
        V w10 = V.Broadcast(weights[3]), w11 = V.Broadcast(weights[4]), w12 = V.Broadcast(weights[5]);
        V w20 = V.Broadcast(weights[6]), w21 = V.Broadcast(weights[7]), w22 = V.Broadcast(weights[8]);
        V mask0 = plane.MaskOf<V>(0), mask1 = plane.MaskOf<V>(1), mask2 = plane.MaskOf<V>(2);
        nint resultPitch = rows.ResultPitch;
        for (int block = 0; block < count; block += DepthwiseRows.BlockRows)
        {
            int first = Math.Min(block, count - DepthwiseRows.BlockRows);
            int top = first - before;
            V sum0 = V.Broadcast(rows.Init);
            V sum1 = sum0, sum2 = sum0, sum3 = sum0;
            float* row = plane.Row(top);
            V x0 = V.Select(mask0, V.Load(row), V.Zero);
            V x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            V x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum0 = V.FusedMultiplyAdd(w00, x0, sum0);
            sum0 = V.FusedMultiplyAdd(w01, x1, sum0);
            sum0 = V.FusedMultiplyAdd(w02, x2, sum0);
            row = plane.Row(top + 1);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum1 = V.FusedMultiplyAdd(w00, x0, sum1);
            sum1 = V.FusedMultiplyAdd(w01, x1, sum1);
            sum1 = V.FusedMultiplyAdd(w02, x2, sum1);
            sum0 = V.FusedMultiplyAdd(w10, x0, sum0);
            sum0 = V.FusedMultiplyAdd(w11, x1, sum0);
            sum0 = V.FusedMultiplyAdd(w12, x2, sum0);
            row = plane.Row(top + 2);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum2 = V.FusedMultiplyAdd(w00, x0, sum2);
            sum2 = V.FusedMultiplyAdd(w01, x1, sum2);
            sum2 = V.FusedMultiplyAdd(w02, x2, sum2);
            sum1 = V.FusedMultiplyAdd(w10, x0, sum1);
            sum1 = V.FusedMultiplyAdd(w11, x1, sum1);
            sum1 = V.FusedMultiplyAdd(w12, x2, sum1);
            sum0 = V.FusedMultiplyAdd(w20, x0, sum0);
            sum0 = V.FusedMultiplyAdd(w21, x1, sum0);
            sum0 = V.FusedMultiplyAdd(w22, x2, sum0);
            row = plane.Row(top + 3);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum3 = V.FusedMultiplyAdd(w00, x0, sum3);
            sum3 = V.FusedMultiplyAdd(w01, x1, sum3);
            sum3 = V.FusedMultiplyAdd(w02, x2, sum3);
            sum2 = V.FusedMultiplyAdd(w10, x0, sum2);
            sum2 = V.FusedMultiplyAdd(w11, x1, sum2);
            sum2 = V.FusedMultiplyAdd(w12, x2, sum2);
            sum1 = V.FusedMultiplyAdd(w20, x0, sum1);
            sum1 = V.FusedMultiplyAdd(w21, x1, sum1);
            sum1 = V.FusedMultiplyAdd(w22, x2, sum1);
            row = plane.Row(top + 4);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum3 = V.FusedMultiplyAdd(w10, x0, sum3);
            sum3 = V.FusedMultiplyAdd(w11, x1, sum3);
            sum3 = V.FusedMultiplyAdd(w12, x2, sum3);
            sum2 = V.FusedMultiplyAdd(w20, x0, sum2);
            sum2 = V.FusedMultiplyAdd(w21, x1, sum2);
            sum2 = V.FusedMultiplyAdd(w22, x2, sum2);
            row = plane.Row(top + 5);
            x0 = V.Select(mask0, V.Load(row), V.Zero);
            x1 = V.Select(mask1, V.Load(row + 1), V.Zero);
            x2 = V.Select(mask2, V.Load(row + 2), V.Zero);
            sum3 = V.FusedMultiplyAdd(w20, x0, sum3);
            sum3 = V.FusedMultiplyAdd(w21, x1, sum3);
            sum3 = V.FusedMultiplyAdd(w22, x2, sum3);
            if (rows.ClampsAtZero)
            {
                sum0 = V.Max(sum0, V.Zero);
                sum1 = V.Max(sum1, V.Zero);
                sum2 = V.Max(sum2, V.Zero);
                sum3 = V.Max(sum3, V.Zero);
            }

            float* result = rows.Result + first * resultPitch;
            sum0.Store(result);
            sum1.Store(result + resultPitch);
            sum2.Store(result + 2 * resultPitch);
            sum3.Store(result + 3 * resultPitch);
        }
    }
}

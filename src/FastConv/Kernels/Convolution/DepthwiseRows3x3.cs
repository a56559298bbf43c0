using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// <see cref="DepthwiseRows"/> for three rows of three taps: the nine weights stay in registers, four result rows advance together, and
/// a vector of the source serves all of them that see it. 9 + 4 + 1 registers.
/// </summary>
internal static unsafe class DepthwiseRows3x3
{
    /// <summary>Result rows one row of taps apart: 6 source rows for 4 results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step1<V>(in DepthwiseRowsCall rows, int count)
        where V : struct, IVector<V>
    {
        Debug.Assert(rows.Taps == 9 && count >= DepthwiseRows.BlockRows && rows.SourcePitch == rows.TapRowPitch);
        float* weights = rows.Weights;
        V w00 = V.Broadcast(weights[0]), w01 = V.Broadcast(weights[1]), w02 = V.Broadcast(weights[2]);
        V w10 = V.Broadcast(weights[3]), w11 = V.Broadcast(weights[4]), w12 = V.Broadcast(weights[5]);
        V w20 = V.Broadcast(weights[6]), w21 = V.Broadcast(weights[7]), w22 = V.Broadcast(weights[8]);
        (nint column0, nint column1, nint column2) = (rows.Offsets[0], rows.Offsets[1], rows.Offsets[2]);
        nint pitch = rows.TapRowPitch;
        nint resultPitch = rows.ResultPitch;
        float init = rows.Init;
        bool clampsAtZero = rows.ClampsAtZero;
        int lastColumn = (rows.Columns - 1) / V.Count * V.Count;
        for (int block = 0; block < count; block += DepthwiseRows.BlockRows)
        {
            int first = Math.Min(block, count - DepthwiseRows.BlockRows);
            float* source = rows.Source + (nint)first * rows.SourcePitch + lastColumn;
            float* result = rows.Result + (nint)first * resultPitch + lastColumn;
            for (int column = lastColumn; column >= 0; column -= V.Count)
            {
                V sum0 = V.Broadcast(init);
                V sum1 = sum0, sum2 = sum0, sum3 = sum0;
                float* row = source;
                V x = V.Load(row + column0);
                sum0 = V.FusedMultiplyAdd(w00, x, sum0);
                x = V.Load(row + column1);
                sum0 = V.FusedMultiplyAdd(w01, x, sum0);
                x = V.Load(row + column2);
                sum0 = V.FusedMultiplyAdd(w02, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum1 = V.FusedMultiplyAdd(w00, x, sum1);
                sum0 = V.FusedMultiplyAdd(w10, x, sum0);
                x = V.Load(row + column1);
                sum1 = V.FusedMultiplyAdd(w01, x, sum1);
                sum0 = V.FusedMultiplyAdd(w11, x, sum0);
                x = V.Load(row + column2);
                sum1 = V.FusedMultiplyAdd(w02, x, sum1);
                sum0 = V.FusedMultiplyAdd(w12, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum2 = V.FusedMultiplyAdd(w00, x, sum2);
                sum1 = V.FusedMultiplyAdd(w10, x, sum1);
                sum0 = V.FusedMultiplyAdd(w20, x, sum0);
                x = V.Load(row + column1);
                sum2 = V.FusedMultiplyAdd(w01, x, sum2);
                sum1 = V.FusedMultiplyAdd(w11, x, sum1);
                sum0 = V.FusedMultiplyAdd(w21, x, sum0);
                x = V.Load(row + column2);
                sum2 = V.FusedMultiplyAdd(w02, x, sum2);
                sum1 = V.FusedMultiplyAdd(w12, x, sum1);
                sum0 = V.FusedMultiplyAdd(w22, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w00, x, sum3);
                sum2 = V.FusedMultiplyAdd(w10, x, sum2);
                sum1 = V.FusedMultiplyAdd(w20, x, sum1);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w01, x, sum3);
                sum2 = V.FusedMultiplyAdd(w11, x, sum2);
                sum1 = V.FusedMultiplyAdd(w21, x, sum1);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w02, x, sum3);
                sum2 = V.FusedMultiplyAdd(w12, x, sum2);
                sum1 = V.FusedMultiplyAdd(w22, x, sum1);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w10, x, sum3);
                sum2 = V.FusedMultiplyAdd(w20, x, sum2);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w11, x, sum3);
                sum2 = V.FusedMultiplyAdd(w21, x, sum2);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w12, x, sum3);
                sum2 = V.FusedMultiplyAdd(w22, x, sum2);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w20, x, sum3);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w21, x, sum3);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w22, x, sum3);
                if (clampsAtZero)
                {
                    sum0 = V.Max(sum0, V.Zero);
                    sum1 = V.Max(sum1, V.Zero);
                    sum2 = V.Max(sum2, V.Zero);
                    sum3 = V.Max(sum3, V.Zero);
                }

                sum0.Store(result);
                sum1.Store(result + resultPitch);
                sum2.Store(result + 2 * resultPitch);
                sum3.Store(result + 3 * resultPitch);
                source -= V.Count;
                result -= V.Count;
            }
        }
    }

    /// <summary>Result rows two rows of taps apart: 9 source rows for 4 results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step2<V>(in DepthwiseRowsCall rows, int count)
        where V : struct, IVector<V>
    {
        Debug.Assert(rows.Taps == 9 && count >= DepthwiseRows.BlockRows && rows.SourcePitch == 2 * rows.TapRowPitch);
        float* weights = rows.Weights;
        V w00 = V.Broadcast(weights[0]), w01 = V.Broadcast(weights[1]), w02 = V.Broadcast(weights[2]);
        V w10 = V.Broadcast(weights[3]), w11 = V.Broadcast(weights[4]), w12 = V.Broadcast(weights[5]);
        V w20 = V.Broadcast(weights[6]), w21 = V.Broadcast(weights[7]), w22 = V.Broadcast(weights[8]);
        (nint column0, nint column1, nint column2) = (rows.Offsets[0], rows.Offsets[1], rows.Offsets[2]);
        nint pitch = rows.TapRowPitch;
        nint resultPitch = rows.ResultPitch;
        float init = rows.Init;
        bool clampsAtZero = rows.ClampsAtZero;
        int lastColumn = (rows.Columns - 1) / V.Count * V.Count;
        for (int block = 0; block < count; block += DepthwiseRows.BlockRows)
        {
            int first = Math.Min(block, count - DepthwiseRows.BlockRows);
            float* source = rows.Source + (nint)first * rows.SourcePitch + lastColumn;
            float* result = rows.Result + (nint)first * resultPitch + lastColumn;
            for (int column = lastColumn; column >= 0; column -= V.Count)
            {
                V sum0 = V.Broadcast(init);
                V sum1 = sum0, sum2 = sum0, sum3 = sum0;
                float* row = source;
                V x = V.Load(row + column0);
                sum0 = V.FusedMultiplyAdd(w00, x, sum0);
                x = V.Load(row + column1);
                sum0 = V.FusedMultiplyAdd(w01, x, sum0);
                x = V.Load(row + column2);
                sum0 = V.FusedMultiplyAdd(w02, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum0 = V.FusedMultiplyAdd(w10, x, sum0);
                x = V.Load(row + column1);
                sum0 = V.FusedMultiplyAdd(w11, x, sum0);
                x = V.Load(row + column2);
                sum0 = V.FusedMultiplyAdd(w12, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum1 = V.FusedMultiplyAdd(w00, x, sum1);
                sum0 = V.FusedMultiplyAdd(w20, x, sum0);
                x = V.Load(row + column1);
                sum1 = V.FusedMultiplyAdd(w01, x, sum1);
                sum0 = V.FusedMultiplyAdd(w21, x, sum0);
                x = V.Load(row + column2);
                sum1 = V.FusedMultiplyAdd(w02, x, sum1);
                sum0 = V.FusedMultiplyAdd(w22, x, sum0);
                row += pitch;
                x = V.Load(row + column0);
                sum1 = V.FusedMultiplyAdd(w10, x, sum1);
                x = V.Load(row + column1);
                sum1 = V.FusedMultiplyAdd(w11, x, sum1);
                x = V.Load(row + column2);
                sum1 = V.FusedMultiplyAdd(w12, x, sum1);
                row += pitch;
                x = V.Load(row + column0);
                sum2 = V.FusedMultiplyAdd(w00, x, sum2);
                sum1 = V.FusedMultiplyAdd(w20, x, sum1);
                x = V.Load(row + column1);
                sum2 = V.FusedMultiplyAdd(w01, x, sum2);
                sum1 = V.FusedMultiplyAdd(w21, x, sum1);
                x = V.Load(row + column2);
                sum2 = V.FusedMultiplyAdd(w02, x, sum2);
                sum1 = V.FusedMultiplyAdd(w22, x, sum1);
                row += pitch;
                x = V.Load(row + column0);
                sum2 = V.FusedMultiplyAdd(w10, x, sum2);
                x = V.Load(row + column1);
                sum2 = V.FusedMultiplyAdd(w11, x, sum2);
                x = V.Load(row + column2);
                sum2 = V.FusedMultiplyAdd(w12, x, sum2);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w00, x, sum3);
                sum2 = V.FusedMultiplyAdd(w20, x, sum2);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w01, x, sum3);
                sum2 = V.FusedMultiplyAdd(w21, x, sum2);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w02, x, sum3);
                sum2 = V.FusedMultiplyAdd(w22, x, sum2);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w10, x, sum3);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w11, x, sum3);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w12, x, sum3);
                row += pitch;
                x = V.Load(row + column0);
                sum3 = V.FusedMultiplyAdd(w20, x, sum3);
                x = V.Load(row + column1);
                sum3 = V.FusedMultiplyAdd(w21, x, sum3);
                x = V.Load(row + column2);
                sum3 = V.FusedMultiplyAdd(w22, x, sum3);
                if (clampsAtZero)
                {
                    sum0 = V.Max(sum0, V.Zero);
                    sum1 = V.Max(sum1, V.Zero);
                    sum2 = V.Max(sum2, V.Zero);
                    sum3 = V.Max(sum3, V.Zero);
                }

                sum0.Store(result);
                sum1.Store(result + resultPitch);
                sum2.Store(result + 2 * resultPitch);
                sum3.Store(result + 3 * resultPitch);
                source -= V.Count;
                result -= V.Count;
            }
        }
    }
}

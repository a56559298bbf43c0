using System.Diagnostics;
using FastConv.Counters;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// C[m, n] = start + the dot product of row m of A and row n of B, for so few rows of A that packing B would cost more than the product: B is read
/// once, as it lies. Element k goes to lane k mod 16, and the lanes are added in double, lane 0 first, so the bits are those of 16 lanes on every CPU.
/// </summary>
internal static unsafe class DotRowsKernel
{
    private const int RowsAtOnce = 4;

    /// <summary>Columns [first, end) of C.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="k">Elements of a row of A and B.</param>
    /// <param name="a">[m, lda].</param>
    /// <param name="lda">Between the rows of A.</param>
    /// <param name="b">[n, ldb].</param>
    /// <param name="ldb">Between the rows of B.</param>
    /// <param name="c">[m, ldc].</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="accumulates">Whether the sums start from C, else from 0.</param>
    /// <param name="first">The first column.</param>
    /// <param name="end">Behind the last.</param>
    public static void Multiply(int m, int k, float* a, nint lda, float* b, nint ldb, float* c, nint ldc, bool accumulates, int first, int end)
    {
        Debug.Assert(m > 0 && k > 0 && first >= 0 && first <= end);
        WorkCounters.AddProduct();
        var call = new Call(m, k, a, lda, b, ldb, c, ldc, accumulates, first, end);
        SimdDispatch.RunReduction(ref call);
    }

    private readonly struct Call(
        int m, int k, float* a, nint lda, float* b, nint ldb, float* c, nint ldc, bool accumulates, int first, int end) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[RowsAtOnce * V.Count];
            for (int column = first; column < end; column += RowsAtOnce)
            {
                // Behind the last row its own is read again, and not stored.
                int rows = Math.Min(RowsAtOnce, end - column);
                float* b0 = b + column * ldb;
                float* b1 = rows > 1 ? b0 + ldb : b0;
                float* b2 = rows > 2 ? b1 + ldb : b1;
                float* b3 = rows > 3 ? b2 + ldb : b2;
                for (int row = 0; row < m; row++)
                {
                    SumLanes<V>(a + row * lda, b0, b1, b2, b3, lanes);
                    Store<V>(lanes, rows, c + row * ldc + column);
                }
            }
        }

        private void SumLanes<V>(float* x, float* b0, float* b1, float* b2, float* b3, float* lanes)
            where V : struct, IVector<V>
        {
            V sum0 = V.Zero;
            V sum1 = V.Zero;
            V sum2 = V.Zero;
            V sum3 = V.Zero;
            int i = 0;
            for (; i <= k - V.Count; i += V.Count)
            {
                V values = V.Load(x + i);
                sum0 = V.FusedMultiplyAdd(values, V.Load(b0 + i), sum0);
                sum1 = V.FusedMultiplyAdd(values, V.Load(b1 + i), sum1);
                sum2 = V.FusedMultiplyAdd(values, V.Load(b2 + i), sum2);
                sum3 = V.FusedMultiplyAdd(values, V.Load(b3 + i), sum3);
            }

            int rest = k - i;
            if (rest > 0)
            {
                V values = V.LoadFirst(x + i, rest);
                sum0 = V.FusedMultiplyAdd(values, V.LoadFirst(b0 + i, rest), sum0);
                sum1 = V.FusedMultiplyAdd(values, V.LoadFirst(b1 + i, rest), sum1);
                sum2 = V.FusedMultiplyAdd(values, V.LoadFirst(b2 + i, rest), sum2);
                sum3 = V.FusedMultiplyAdd(values, V.LoadFirst(b3 + i, rest), sum3);
            }

            sum0.Store(lanes);
            sum1.Store(lanes + V.Count);
            sum2.Store(lanes + 2 * V.Count);
            sum3.Store(lanes + 3 * V.Count);
        }

        private void Store<V>(float* lanes, int rows, float* sums)
            where V : struct, IVector<V>
        {
            for (int row = 0; row < rows; row++)
            {
                double sum = accumulates ? sums[row] : 0;
                for (int lane = 0; lane < V.Count; lane++)
                {
                    sum += lanes[row * V.Count + lane];
                }

                sums[row] = (float)sum;
            }
        }
    }
}

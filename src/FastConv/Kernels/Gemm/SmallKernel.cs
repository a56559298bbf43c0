using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// <see cref="MicroKernel{V, TRow, THeight, TSource, TPanel}"/> for operands that lie in the caches, over all tiles of a column at once: where k is
/// short, a call a tile would cost as much as the tile. Rows of A are found from every third one, with one stride between them.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="TRow">One or two vectors.</typeparam>
/// <typeparam name="THeight">MR, the rows of the tile.</typeparam>
internal static unsafe class SmallKernel<V, TRow, THeight>
    where V : struct, IVector<V>
    where TRow : struct, ITileRow<TRow, V>
    where THeight : ITileHeight
{
    /// <summary>
    /// C[tiles * MR, NR] = start + A[tiles * MR, k] * B[k, NR], summed over k in ascending order by one accumulator an element, one FMA a product.
    /// </summary>
    /// <param name="tiles">Tiles, one below the other.</param>
    /// <param name="k">Steps, at least one.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="rowStride">Between the rows of A.</param>
    /// <param name="step">Between the columns of A.</param>
    /// <param name="b">B's first element.</param>
    /// <param name="ldb">Between the rows of B.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="accumulates">Whether the sums start from C, else from 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        int tiles, int k, float* a, nint rowStride, nint step, float* b, nint ldb, float* c, nint ldc, bool accumulates)
    {
        for (; tiles > 0; tiles--)
        {
            TRow r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
            TRow r6 = default, r7 = default, r8 = default, r9 = default, r10 = default, r11 = default;
            if (accumulates)
            {
                r0 = Load(0, c, ldc);
                r1 = Load(1, c, ldc);
                r2 = Load(2, c, ldc);
                r3 = Load(3, c, ldc);
                r4 = Load(4, c, ldc);
                r5 = Load(5, c, ldc);
                r6 = Load(6, c, ldc);
                r7 = Load(7, c, ldc);
                r8 = Load(8, c, ldc);
                r9 = Load(9, c, ldc);
                r10 = Load(10, c, ldc);
                r11 = Load(11, c, ldc);
            }

            float* a0 = a;
            float* a3 = a0 + 3 * rowStride;
            float* a6 = a3 + 3 * rowStride;
            float* a9 = a6 + 3 * rowStride;
            nint second = 2 * rowStride;
            float* rows = b;
            for (int left = k; left > 0; left--)
            {
                TRow row = TRow.Load(rows);
                r0 = Plus(0, r0, a0, row);
                r1 = Plus(1, r1, a0 + rowStride, row);
                r2 = Plus(2, r2, a0 + second, row);
                r3 = Plus(3, r3, a3, row);
                r4 = Plus(4, r4, a3 + rowStride, row);
                r5 = Plus(5, r5, a3 + second, row);
                r6 = Plus(6, r6, a6, row);
                r7 = Plus(7, r7, a6 + rowStride, row);
                r8 = Plus(8, r8, a6 + second, row);
                r9 = Plus(9, r9, a9, row);
                r10 = Plus(10, r10, a9 + rowStride, row);
                r11 = Plus(11, r11, a9 + second, row);
                a0 += step;
                a3 += step;
                a6 += step;
                a9 += step;
                rows += ldb;
            }

            Store(0, r0, c, ldc);
            Store(1, r1, c, ldc);
            Store(2, r2, c, ldc);
            Store(3, r3, c, ldc);
            Store(4, r4, c, ldc);
            Store(5, r5, c, ldc);
            Store(6, r6, c, ldc);
            Store(7, r7, c, ldc);
            Store(8, r8, c, ldc);
            Store(9, r9, c, ldc);
            Store(10, r10, c, ldc);
            Store(11, r11, c, ldc);
            a += THeight.Rows * rowStride;
            c += THeight.Rows * ldc;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRow Load(int row, float* c, nint ldc) => row < THeight.Rows ? TRow.Load(c + row * ldc) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRow Plus(int row, TRow sum, float* a, TRow b) => row < THeight.Rows ? sum.Plus(*a, b) : sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int row, TRow sum, float* c, nint ldc)
    {
        if (row < THeight.Rows)
        {
            sum.Store(c + row * ldc);
        }
    }
}

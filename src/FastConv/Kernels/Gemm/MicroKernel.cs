using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// The innermost loop of every product: one tile of C in registers while k runs. 12 rows of two vectors are 24 accumulators, which with two
/// vectors of B and one broadcast of A fill 27 of 32 registers; where there are 16, 6 rows fill 15.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="TRow">One or two vectors.</typeparam>
/// <typeparam name="THeight">MR, the rows of the tile.</typeparam>
/// <typeparam name="TSource">Where A is.</typeparam>
/// <typeparam name="TPanel">Where B is.</typeparam>
internal static unsafe class MicroKernel<V, TRow, THeight, TSource, TPanel>
    where V : struct, IVector<V>
    where TRow : struct, ITileRow<TRow, V>
    where THeight : ITileHeight
    where TSource : struct, ITileSource<TSource>
    where TPanel : struct, IPanelRows<TPanel, TRow>
{
    /// <summary>
    /// C[MR, NR] = start + A[MR, k] * B[k, NR], summed over k in ascending order by one accumulator an element, one FMA a product.
    /// </summary>
    /// <param name="k">Steps.</param>
    /// <param name="a">A's rows, at the first step.</param>
    /// <param name="b">B's rows, at the first step.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="store">What the sums start from.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int k, TSource a, TPanel b, float* c, nint ldc, TileStore store)
    {
        TRow r0 = Start(0, c, ldc, store);
        TRow r1 = Start(1, c, ldc, store);
        TRow r2 = Start(2, c, ldc, store);
        TRow r3 = Start(3, c, ldc, store);
        TRow r4 = Start(4, c, ldc, store);
        TRow r5 = Start(5, c, ldc, store);
        TRow r6 = Start(6, c, ldc, store);
        TRow r7 = Start(7, c, ldc, store);
        TRow r8 = Start(8, c, ldc, store);
        TRow r9 = Start(9, c, ldc, store);
        TRow r10 = Start(10, c, ldc, store);
        TRow r11 = Start(11, c, ldc, store);
        for (; k > 0; k--)
        {
            TRow row = b.Row;
            b.Keep(row);
            r0 = Plus(0, r0, a, row);
            r1 = Plus(1, r1, a, row);
            r2 = Plus(2, r2, a, row);
            r3 = Plus(3, r3, a, row);
            r4 = Plus(4, r4, a, row);
            r5 = Plus(5, r5, a, row);
            r6 = Plus(6, r6, a, row);
            r7 = Plus(7, r7, a, row);
            r8 = Plus(8, r8, a, row);
            r9 = Plus(9, r9, a, row);
            r10 = Plus(10, r10, a, row);
            r11 = Plus(11, r11, a, row);
            a = a.Next(THeight.Rows);
            b = b.Next();
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
    }

    // Of the rows below, those that the tile does not have are folded away.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRow Start(int row, float* c, nint ldc, TileStore store)
    {
        if (row >= THeight.Rows)
        {
            return default;
        }

        return store.Accumulates ? TRow.Load(c + row * ldc) : store.Bias != null ? TRow.Broadcast(store.Bias[row]) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRow Plus(int row, TRow sum, TSource a, TRow b) => row < THeight.Rows ? sum.Plus(a[row], b) : sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int row, TRow sum, float* c, nint ldc)
    {
        if (row < THeight.Rows)
        {
            sum.Store(c + row * ldc);
        }
    }
}

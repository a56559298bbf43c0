using FastConv.Counters;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Loops 2 and 1 of a product: one packed block of A times one block of B, tile by tile. Panels of A are [k][MR], the last ones narrower (<see cref="NextRows"/>);
/// panels of B are [k][NR], the last one half as wide where that suffices, its surplus columns anything. A panel of A streams past all panels
/// of B, which stay in the second-level cache.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>MR: rows of the full tile for a vector.</summary>
    public static int TileRows<V>()
        where V : struct, IVector<V> => V.Registers >= 32 ? 12 : 6;

    /// <summary>
    /// MR of the next tile where so many rows are left. What is less than one and a half tiles becomes two of about the same height: a low tile has too
    /// few sums to hide how long an addition takes.
    /// </summary>
    public static int NextRows<V>(int left)
        where V : struct, IVector<V>
    {
        int most = TileRows<V>();
        return 2 * left >= 3 * most ? most : left > most ? (left + 1) / 2 : left;
    }

    /// <param name="mc">Rows of the block.</param>
    /// <param name="nc">Columns of the block.</param>
    /// <param name="kc">Steps.</param>
    /// <param name="a">Panels of A.</param>
    /// <param name="b">Panels of B.</param>
    /// <param name="c">Where row 0 of the block goes.</param>
    /// <param name="column">The block's first column in <paramref name="c"/>.</param>
    /// <param name="store">Start and end of the sums, at row 0 of the block.</param>
    public static void Multiply<V, TSource, TBlock>(int mc, int nc, int kc, TBlock a, PanelBlock b, ColumnTarget c, int column, TileStore store)
        where V : struct, IVector<V>
        where TSource : struct, ITileSource<TSource>
        where TBlock : struct, IBlockRows<TSource>
    {
        WorkCounters.AddProduct();
        int width = TileRow2<V>.Width;
        for (int ir = 0, mr; ir < mc; ir += mr)
        {
            mr = NextRows<V>(mc - ir);
            TSource panelA = a.Panel(ir);
            ColumnTarget target = c.FromRow(ir);
            TileStore start = store.From(ir);
            for (int jr = 0; jr < nc; jr += width)
            {
                int nr = Math.Min(width, nc - jr);
                float* panelB = b.Packed + (nint)jr * kc;
                PanelPlace* place = b.PlaceOf(jr / width);
                if (ir == 0 && !place->IsPacked)
                {
                    MultiplyUnpacked<V, TSource>(mr, kc, panelA, place, b.Offsets, panelB, target, column + jr, start);
                }
                else if (nr > V.Count)
                {
                    MultiplyTile<V, TileRow2<V>, TSource, StoredRows<V, TileRow2<V>>>(mr, nr, kc, panelA, new(panelB, width), target, column + jr, start);
                }
                else
                {
                    MultiplyTile<V, TileRow1<V>, TSource, StoredRows<V, TileRow1<V>>>(mr, nr, kc, panelA, new(panelB, V.Count), target, column + jr, start);
                }
            }
        }
    }

    private static void MultiplyUnpacked<V, TSource>(
        int mr, int kc, TSource a, PanelPlace* place, int* offsets, float* panel, ColumnTarget c, int column, TileStore store)
        where V : struct, IVector<V>
        where TSource : struct, ITileSource<TSource>
    {
        int width = TileRow2<V>.Width;
        if (place->IsWhole)
        {
            var whole = new GatheredRows<V>(place->Left.First, place->Right.First, offsets, panel);
            MultiplyTile<V, TileRow2<V>, TSource, GatheredRows<V>>(mr, width, kc, a, whole, c, column, store);
        }
        else
        {
            MultiplyTile<V, TileRow2<V>, TSource, BlendedRows<V>>(mr, width, kc, a, new(place, offsets, panel), c, column, store);
        }
    }

    private static void MultiplyTile<V, TRow, TSource, TPanel>(int mr, int nr, int kc, TSource a, TPanel b, ColumnTarget c, int column, TileStore store)
        where V : struct, IVector<V>
        where TRow : struct, ITileRow<TRow, V>
        where TSource : struct, ITileSource<TSource>
        where TPanel : struct, IPanelRows<TPanel, TRow>
    {
        if (nr == TRow.Width && c.IsContiguous(column, nr))
        {
            float* tile = c.Column(column);
            TileKernels.Multiply<V, TRow, TSource, TPanel>(mr, kc, a, b, tile, c.RowStride, store);
            store.Finish<V>(tile, c.RowStride, mr, nr);
            return;
        }

        // A tile that sticks out of C, or lies in several pieces, is made in a place of its own.
        float* edge = stackalloc float[TileHeight.Most * TRow.Width];
        if (store.Accumulates)
        {
            c.Load<V>(column, mr, nr, edge, TRow.Width);
        }

        TileKernels.Multiply<V, TRow, TSource, TPanel>(mr, kc, a, b, edge, TRow.Width, store);
        store.Finish<V>(edge, TRow.Width, mr, TRow.Width);
        c.Store<V>(column, mr, nr, edge, TRow.Width);
    }
}

using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Loops 2 (jr) and 1 (ir) of a product: one packed block of A times one packed block of B, tile by tile. Panels of A are [k][MR], the last
/// one as narrow as it is; panels of B are [k][NR], the last one half as wide where that suffices, its surplus columns anything.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>MR: rows of the full tile for a vector.</summary>
    public static int TileRows<V>()
        where V : struct, IVector<V> => V.Registers >= 32 ? 12 : 6;

    /// <param name="mc">Rows of the block.</param>
    /// <param name="nc">Columns of the block.</param>
    /// <param name="kc">Steps.</param>
    /// <param name="packedA">Panels of A.</param>
    /// <param name="packedB">Panels of B.</param>
    /// <param name="c">Where row 0 of the block goes.</param>
    /// <param name="column">The block's first column in <paramref name="c"/>.</param>
    /// <param name="store">Start and end of the sums, at row 0 of the block.</param>
    public static void Multiply<V>(int mc, int nc, int kc, float* packedA, float* packedB, ColumnTarget c, int column, TileStore store)
        where V : struct, IVector<V>
    {
        int width = TileRow2<V>.Width;
        int rows = TileRows<V>();
        for (int ir = 0; ir < mc; ir += rows)
        {
            int mr = Math.Min(rows, mc - ir);
            for (int jr = 0; jr < nc; jr += width)
            {
                int nr = Math.Min(width, nc - jr);
                if (nr > V.Count)
                {
                    MultiplyTile<V, TileRow2<V>>(mr, nr, kc, packedA + (nint)ir * kc, packedB + (nint)jr * kc, c.FromRow(ir), column + jr, store.From(ir));
                }
                else
                {
                    MultiplyTile<V, TileRow1<V>>(mr, nr, kc, packedA + (nint)ir * kc, packedB + (nint)jr * kc, c.FromRow(ir), column + jr, store.From(ir));
                }
            }
        }
    }

    private static void MultiplyTile<V, TRow>(int mr, int nr, int kc, float* panelA, float* panelB, ColumnTarget c, int column, TileStore store)
        where V : struct, IVector<V>
        where TRow : struct, ITileRow<TRow, V>
    {
        var a = new PackedRows(panelA);
        if (nr == TRow.Width && c.IsContiguous(column, nr))
        {
            float* tile = c.Column(column);
            TileKernels.Multiply<V, TRow, PackedRows>(mr, kc, a, panelB, TRow.Width, tile, c.RowStride, store);
            store.Finish<V>(tile, c.RowStride, mr, nr);
            return;
        }

        // A tile that sticks out of C, or lies in several pieces, is made in a place of its own.
        float* edge = stackalloc float[TileHeight.Most * TRow.Width];
        if (store.Accumulates)
        {
            c.Load<V>(column, mr, nr, edge, TRow.Width);
        }

        TileKernels.Multiply<V, TRow, PackedRows>(mr, kc, a, panelB, TRow.Width, edge, TRow.Width, store);
        store.Finish<V>(edge, TRow.Width, mr, TRow.Width);
        c.Store<V>(column, mr, nr, edge, TRow.Width);
    }
}

using FastConv.Kernels.Gemm;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>The product at one point, over rows of A as they lie and panels of B [k][NR]: M = V U forward, U = V^T D for the weights.</summary>
internal static unsafe class PointProduct
{
    /// <summary>NR: columns of a panel of B.</summary>
    public const int PanelWidth = 2 * SimdDispatch.ReductionLanes;

    private const int CacheLine = 16;
    private const int TilesToStream = 2;

    /// <summary>C[rows, columns] = A[rows, k] * B[k, columns].</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C; whole vectors are computed.</param>
    /// <param name="k">Steps.</param>
    /// <param name="a">A's rows.</param>
    /// <param name="b">B's first element.</param>
    /// <param name="panelStride">Between panels of B.</param>
    /// <param name="rowStride">Between steps of B.</param>
    /// <param name="c">[rows, ldc], with room for whole vectors.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="sum">What becomes of C.</param>
    public static void Multiply(
        int rows, int columns, int k, MatrixView a, float* b, nint panelStride, nint rowStride, float* c, nint ldc, PointSum sum = PointSum.Set)
    {
        var call = new Call(rows, columns, k, a, b, panelStride, rowStride, c, ldc, sum);
        SimdDispatch.Run(ref call);
    }

    private readonly struct Call(
        int rows, int columns, int k, MatrixView a, float* b, nint panelStride, nint rowStride, float* c, nint ldc, PointSum sum) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            nint* rowOffsets = stackalloc nint[TileHeight.Most];
            StridedBlock.RowOffsets(a, rowOffsets);
            int most = PanelProduct.TileRows<V>();
            int tiles = (rows - 1) / most + 1;
            int height = (rows - 1) / tiles + 1;
            for (int column = 0; column < columns; column += TileRow2<V>.Width)
            {
                float* panel = b + column / PanelWidth * panelStride + column % PanelWidth;
                for (int row = 0; row < rows; row += height)
                {
                    int mr = Math.Min(height, rows - row);
                    var source = new StridedRows(a.Data + row * a.RowStride, rowOffsets, a.ColumnStride);
                    float* target = c + row * ldc + column;
                    if (columns - column <= V.Count)
                    {
                        Multiply<V, TileRow1<V>, StoredRows<V, TileRow1<V>>>(mr, source, new(panel, rowStride), target);
                    }
                    else if (row < TilesToStream * height)
                    {
                        // Two lines a step: the first two tiles of a panel fetch what follows it, which is the next panel.
                        float* ahead = panel + k * rowStride + (nint)(row / height) * k * CacheLine;
                        Multiply<V, TileRow2<V>, StreamedRows<V, TileRow2<V>>>(mr, source, new(panel, rowStride, ahead), target);
                    }
                    else
                    {
                        Multiply<V, TileRow2<V>, StoredRows<V, TileRow2<V>>>(mr, source, new(panel, rowStride), target);
                    }
                }
            }
        }

        private void Multiply<V, TRow, TPanel>(int height, StridedRows source, TPanel panel, float* target)
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
            where TPanel : struct, IPanelRows<TPanel, TRow>
        {
            if (sum != PointSum.Add)
            {
                var store = new TileStore { Accumulates = sum == PointSum.Continue };
                TileKernels.Multiply<V, TRow, StridedRows, TPanel>(height, k, source, panel, target, ldc, store);
                return;
            }

            float* tile = stackalloc float[TileHeight.Most * TRow.Width];
            TileKernels.Multiply<V, TRow, StridedRows, TPanel>(height, k, source, panel, tile, TRow.Width, default);
            for (int row = 0; row < height; row++)
            {
                TRow.Load(target + row * ldc).Plus(1, TRow.Load(tile + row * TRow.Width)).Store(target + row * ldc);
            }
        }
    }
}

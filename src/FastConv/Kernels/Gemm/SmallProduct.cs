using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// A product whose operands fit the caches as they lie: nothing is packed, no scratch is needed. What is left of the columns after the widest vectors
/// is done by narrower ones, down to single floats, so no tile has a surplus column.
/// </summary>
internal static unsafe class SmallProduct
{
    private const int LongestSide = 256;
    private const int MostMultiplyAdds = 1 << 21;

    /// <summary>Whether the product is small and B's rows are contiguous.</summary>
    public static bool Suits(GemmShape shape, MatrixView b) =>
        b.ColumnStride == 1 && Math.Max(shape.M, Math.Max(shape.N, shape.K)) <= LongestSide && shape.M * shape.N * shape.K <= MostMultiplyAdds;

    /// <summary>C = start + A * B on one thread.</summary>
    [SkipLocalsInit]
    public static void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, TileStore store)
    {
        nint* rowOffsets = stackalloc nint[TileHeight.Most];
        StridedBlock.RowOffsets(a, rowOffsets);
        int columns = shape.N;
        while (columns > 0)
        {
            int first = shape.N - columns;
            var operation = new Columns(shape, a, rowOffsets, b.From(0, first), c + first, ldc, store, &columns);
            SimdDispatch.RunAtMost(columns, ref operation);
        }
    }

    // As many columns as fill the vector; what is left goes back to the caller.
    private readonly struct Columns(
        GemmShape shape, MatrixView a, nint* rowOffsets, MatrixView b, float* c, nint ldc, TileStore store, int* columns) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int left = *columns;
            int first = 0;
            for (; left >= TileRow2<V>.Width; left -= TileRow2<V>.Width)
            {
                MultiplyColumns<V, TileRow2<V>>(first);
                first += TileRow2<V>.Width;
            }

            if (left >= V.Count)
            {
                MultiplyColumns<V, TileRow1<V>>(first);
                left -= V.Count;
            }

            *columns = left;
        }

        private void MultiplyColumns<V, TRow>(int column)
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
        {
            int height = PanelProduct.TileRows<V>();
            var panel = new StoredRows<V, TRow>(b.Data + column, b.RowStride);
            for (int ir = 0; ir < shape.M; ir += height)
            {
                int mr = Math.Min(height, shape.M - ir);
                var rows = new StridedRows(a.Data + ir * a.RowStride, rowOffsets, a.ColumnStride);
                float* tile = c + ir * ldc + column;
                TileKernels.Multiply<V, TRow, StridedRows, StoredRows<V, TRow>>(mr, shape.K, rows, panel, tile, ldc, store.From(ir));
                store.Finish<V>(tile, ldc, mr, TRow.Width);
            }
        }
    }
}

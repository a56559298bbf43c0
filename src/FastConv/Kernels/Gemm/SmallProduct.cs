using FastConv.Counters;
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

    /// <summary>C = A * B, or C += A * B, on one thread.</summary>
    public static void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulates)
    {
        WorkCounters.AddProduct();
        var operation = new Columns(shape, a, b, c, ldc, accumulates);
        while (operation.Left > 0)
        {
            SimdDispatch.RunAtMost(operation.Left, ref operation);
        }
    }

    // As many of the columns that are left as fill the vector.
    private struct Columns(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulates) : ISimdOperation
    {
        public int Left { get; private set; } = shape.N;

        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            for (; Left >= TileRow2<V>.Width; Left -= TileRow2<V>.Width)
            {
                MultiplyColumns<V, TileRow2<V>>();
            }

            if (Left >= V.Count)
            {
                MultiplyColumns<V, TileRow1<V>>();
                Left -= V.Count;
            }
        }

        // Tiles of one height, as tall as the registers allow, then the rows that are left.
        private readonly void MultiplyColumns<V, TRow>()
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
        {
            int most = PanelProduct.TileRows<V>();
            int tiles = (int)(((uint)shape.M + (uint)most - 1) / (uint)most);
            int height = (int)(((uint)shape.M + (uint)tiles - 1) / (uint)tiles);
            int last = shape.M - (tiles - 1) * height;
            if (last == height)
            {
                MultiplyTiles<V, TRow>(height, tiles, 0);
                return;
            }

            MultiplyTiles<V, TRow>(height, tiles - 1, 0);
            MultiplyTiles<V, TRow>(last, 1, shape.M - last);
        }

        private readonly void MultiplyTiles<V, TRow>(int height, int tiles, int row)
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
        {
            float* rows = a.Data + row * a.RowStride;
            float* columns = b.Data + (shape.N - Left);
            float* sums = c + row * ldc + (shape.N - Left);
            (nint rowStride, nint step, nint ldb) = (a.RowStride, a.ColumnStride, b.RowStride);
            switch (height)
            {
                case 1: SmallKernel<V, TRow, TileHeight.Of1>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 2: SmallKernel<V, TRow, TileHeight.Of2>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 3: SmallKernel<V, TRow, TileHeight.Of3>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 4: SmallKernel<V, TRow, TileHeight.Of4>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 5: SmallKernel<V, TRow, TileHeight.Of5>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 6: SmallKernel<V, TRow, TileHeight.Of6>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 7: SmallKernel<V, TRow, TileHeight.Of7>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 8: SmallKernel<V, TRow, TileHeight.Of8>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 9: SmallKernel<V, TRow, TileHeight.Of9>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 10: SmallKernel<V, TRow, TileHeight.Of10>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                case 11: SmallKernel<V, TRow, TileHeight.Of11>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
                default: SmallKernel<V, TRow, TileHeight.Of12>.Multiply(tiles, shape.K, rows, rowStride, step, columns, ldb, sums, ldc, accumulates); break;
            }
        }
    }
}

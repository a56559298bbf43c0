using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>The micro-kernel of a height that is known only at run time.</summary>
internal static unsafe class TileKernels
{
    /// <inheritdoc cref="MicroKernel{V, TRow, THeight, TSource}.Multiply"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<V, TRow, TSource>(int rows, int k, TSource a, float* b, nint ldb, float* c, nint ldc, TileStore store)
        where V : struct, IVector<V>
        where TRow : struct, ITileRow<TRow, V>
        where TSource : struct, ITileSource<TSource>
    {
        switch (rows)
        {
            case 1: MicroKernel<V, TRow, TileHeight.Of1, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 2: MicroKernel<V, TRow, TileHeight.Of2, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 3: MicroKernel<V, TRow, TileHeight.Of3, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 4: MicroKernel<V, TRow, TileHeight.Of4, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 5: MicroKernel<V, TRow, TileHeight.Of5, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 6: MicroKernel<V, TRow, TileHeight.Of6, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 7: MicroKernel<V, TRow, TileHeight.Of7, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 8: MicroKernel<V, TRow, TileHeight.Of8, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 9: MicroKernel<V, TRow, TileHeight.Of9, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 10: MicroKernel<V, TRow, TileHeight.Of10, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            case 11: MicroKernel<V, TRow, TileHeight.Of11, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
            default: MicroKernel<V, TRow, TileHeight.Of12, TSource>.Multiply(k, a, b, ldb, c, ldc, store); break;
        }
    }
}

using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>The micro-kernel of a height that is known only at run time.</summary>
internal static unsafe class TileKernels
{
    /// <inheritdoc cref="MicroKernel{V, TRow, THeight, TSource, TPanel}.Multiply"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<V, TRow, TSource, TPanel>(int rows, int k, TSource a, TPanel b, float* c, nint ldc, TileStore store)
        where V : struct, IVector<V>
        where TRow : struct, ITileRow<TRow, V>
        where TSource : struct, ITileSource<TSource>
        where TPanel : struct, IPanelRows<TPanel, TRow>
    {
        switch (rows)
        {
            case 1: MicroKernel<V, TRow, TileHeight.Of1, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 2: MicroKernel<V, TRow, TileHeight.Of2, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 3: MicroKernel<V, TRow, TileHeight.Of3, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 4: MicroKernel<V, TRow, TileHeight.Of4, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 5: MicroKernel<V, TRow, TileHeight.Of5, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 6: MicroKernel<V, TRow, TileHeight.Of6, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 7: MicroKernel<V, TRow, TileHeight.Of7, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 8: MicroKernel<V, TRow, TileHeight.Of8, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 9: MicroKernel<V, TRow, TileHeight.Of9, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 10: MicroKernel<V, TRow, TileHeight.Of10, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            case 11: MicroKernel<V, TRow, TileHeight.Of11, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
            default: MicroKernel<V, TRow, TileHeight.Of12, TSource, TPanel>.Multiply(k, a, b, c, ldc, store); break;
        }
    }
}

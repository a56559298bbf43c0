using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// 6 rows of 2 vectors: 12 accumulators, 2 vectors of B and one broadcast of A fill 15 of 16 registers.
/// </summary>
internal readonly unsafe struct MicroKernel6x2<V> : IMicroKernel<V>
    where V : struct, IVector<V>
{
    public static int Rows => 6;

    public static void Multiply(int k, float* a, float* b, float* c, nint ldc, bool accumulate)
    {
        TileRow<V> r0 = default;
        TileRow<V> r1 = default;
        TileRow<V> r2 = default;
        TileRow<V> r3 = default;
        TileRow<V> r4 = default;
        TileRow<V> r5 = default;
        if (accumulate)
        {
            r0 = TileRow<V>.Load(c);
            r1 = TileRow<V>.Load(c + ldc);
            r2 = TileRow<V>.Load(c + 2 * ldc);
            r3 = TileRow<V>.Load(c + 3 * ldc);
            r4 = TileRow<V>.Load(c + 4 * ldc);
            r5 = TileRow<V>.Load(c + 5 * ldc);
        }

        for (; k > 0; k--)
        {
            V left = V.Load(b);
            V right = V.Load(b + V.Count);
            r0 = r0.Plus(a[0], left, right);
            r1 = r1.Plus(a[1], left, right);
            r2 = r2.Plus(a[2], left, right);
            r3 = r3.Plus(a[3], left, right);
            r4 = r4.Plus(a[4], left, right);
            r5 = r5.Plus(a[5], left, right);
            a += 6;
            b += 2 * V.Count;
        }

        r0.Store(c);
        r1.Store(c + ldc);
        r2.Store(c + 2 * ldc);
        r3.Store(c + 3 * ldc);
        r4.Store(c + 4 * ldc);
        r5.Store(c + 5 * ldc);
    }
}

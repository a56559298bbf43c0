using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// 12 rows of 2 vectors: 24 accumulators, 2 vectors of B and one broadcast of A fill 27 of 32 registers.
/// </summary>
internal readonly unsafe struct MicroKernel12x2<V> : IMicroKernel<V>
    where V : struct, IVector<V>
{
    public static int Rows => 12;

    public static void Multiply(int k, float* a, float* b, float* c, nint ldc, bool accumulate)
    {
        TileRow<V> r0 = default;
        TileRow<V> r1 = default;
        TileRow<V> r2 = default;
        TileRow<V> r3 = default;
        TileRow<V> r4 = default;
        TileRow<V> r5 = default;
        TileRow<V> r6 = default;
        TileRow<V> r7 = default;
        TileRow<V> r8 = default;
        TileRow<V> r9 = default;
        TileRow<V> r10 = default;
        TileRow<V> r11 = default;
        if (accumulate)
        {
            r0 = TileRow<V>.Load(c);
            r1 = TileRow<V>.Load(c + ldc);
            r2 = TileRow<V>.Load(c + 2 * ldc);
            r3 = TileRow<V>.Load(c + 3 * ldc);
            r4 = TileRow<V>.Load(c + 4 * ldc);
            r5 = TileRow<V>.Load(c + 5 * ldc);
            r6 = TileRow<V>.Load(c + 6 * ldc);
            r7 = TileRow<V>.Load(c + 7 * ldc);
            r8 = TileRow<V>.Load(c + 8 * ldc);
            r9 = TileRow<V>.Load(c + 9 * ldc);
            r10 = TileRow<V>.Load(c + 10 * ldc);
            r11 = TileRow<V>.Load(c + 11 * ldc);
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
            r6 = r6.Plus(a[6], left, right);
            r7 = r7.Plus(a[7], left, right);
            r8 = r8.Plus(a[8], left, right);
            r9 = r9.Plus(a[9], left, right);
            r10 = r10.Plus(a[10], left, right);
            r11 = r11.Plus(a[11], left, right);
            a += 12;
            b += 2 * V.Count;
        }

        r0.Store(c);
        r1.Store(c + ldc);
        r2.Store(c + 2 * ldc);
        r3.Store(c + 3 * ldc);
        r4.Store(c + 4 * ldc);
        r5.Store(c + 5 * ldc);
        r6.Store(c + 6 * ldc);
        r7.Store(c + 7 * ldc);
        r8.Store(c + 8 * ldc);
        r9.Store(c + 9 * ldc);
        r10.Store(c + 10 * ldc);
        r11.Store(c + 11 * ldc);
    }
}

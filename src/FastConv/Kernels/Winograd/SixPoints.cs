using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// The points 0, +-a, +-b and infinity with a = 5/8 and b = 3/2, whose rounding error is half that of the usual 1 and 2. With N(p) the product of the
/// distances of p to the other points, row p of G is [1 p p^2 ...] / N(p), of A [1 p p^2 ...], and row p of B^T holds the coefficients of the product
/// of x - q over the other points q. Rows of opposite points share their even and odd parts.
/// </summary>
internal static unsafe class SixPoints
{
    public const int Count = 6;
    public const float A = 0.625f;
    public const float B = 1.5f;
    public const float A2 = A * A;
    public const float B2 = B * B;

    // 1 / N(p).
    private const float Scale0 = (float)(1.0 / (A2 * B2));
    private const float ScaleA = (float)(1.0 / (2.0 * A2 * (A2 - B2)));
    private const float ScaleB = (float)(1.0 / (2.0 * B2 * (B2 - A2)));

    /// <summary>
    /// B^T: [a2b2 0 -(a2+b2) 0 1 0; 0 -+a*b2 -b2 +-a 1 0; 0 -+b*a2 -a2 +-b 1 0; 0 a2b2 0 -(a2+b2) 0 1]. May work in place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V x1 = V.Load(source + sourceStep);
        V x2 = V.Load(source + 2 * sourceStep);
        V x3 = V.Load(source + 3 * sourceStep);
        V x4 = V.Load(source + 4 * sourceStep);
        V product = V.Broadcast(A2 * B2);
        V sum = V.Broadcast(-(A2 + B2));
        V first = V.FusedMultiplyAdd(product, V.Load(source), V.FusedMultiplyAdd(sum, x2, x4));
        V last = V.FusedMultiplyAdd(product, x1, V.FusedMultiplyAdd(sum, x3, V.Load(source + 5 * sourceStep)));
        V evenA = V.FusedMultiplyAdd(V.Broadcast(-B2), x2, x4);
        V oddA = V.FusedMultiplyAdd(V.Broadcast(-B2), x1, x3);
        V evenB = V.FusedMultiplyAdd(V.Broadcast(-A2), x2, x4);
        V oddB = V.FusedMultiplyAdd(V.Broadcast(-A2), x1, x3);
        first.Store(target);
        V.FusedMultiplyAdd(V.Broadcast(A), oddA, evenA).Store(target + targetStep);
        V.FusedMultiplyAdd(V.Broadcast(-A), oddA, evenA).Store(target + 2 * targetStep);
        V.FusedMultiplyAdd(V.Broadcast(B), oddB, evenB).Store(target + 3 * targetStep);
        V.FusedMultiplyAdd(V.Broadcast(-B), oddB, evenB).Store(target + 4 * targetStep);
        last.Store(target + 5 * targetStep);
    }

    /// <summary>Sums and differences of the values at opposite points: what the even and odd rows of A^T are made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Parts<V>(float* source, nint step, out V sumA, out V differenceA, out V sumB, out V differenceB)
        where V : struct, IVector<V>
    {
        V plusA = V.Load(source + step);
        V minusA = V.Load(source + 2 * step);
        V plusB = V.Load(source + 3 * step);
        V minusB = V.Load(source + 4 * step);
        sumA = plusA + minusA;
        differenceA = plusA - minusA;
        sumB = plusB + minusB;
        differenceB = plusB - minusB;
    }

    /// <summary>The polynomial even(p^2) + p * odd(p^2) at the finite points, over N(p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread<V>(V atZero, V evenA, V oddA, V evenB, V oddB, float* target, nint step)
        where V : struct, IVector<V>
    {
        evenA = V.Broadcast(ScaleA) * evenA;
        oddA = V.Broadcast(A * ScaleA) * oddA;
        evenB = V.Broadcast(ScaleB) * evenB;
        oddB = V.Broadcast(B * ScaleB) * oddB;
        (V.Broadcast(Scale0) * atZero).Store(target);
        (evenA + oddA).Store(target + step);
        (evenA - oddA).Store(target + 2 * step);
        (evenB + oddB).Store(target + 3 * step);
        (evenB - oddB).Store(target + 4 * step);
    }
}

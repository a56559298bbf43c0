using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// F(4, 3) over the points 0, +-a, +-b and infinity with a = 5/8 and b = 3/2, whose rounding error is half that of the usual 1 and 2. With
/// N(p) the product of the distances of p to the other points, row p of G is [1 p p^2] / N(p), of A [1 p p^2 p^3], and row p of B^T holds the
/// coefficients of the product of x - q over the other points q. Rows of opposite points share their even and odd parts.
/// </summary>
internal readonly unsafe struct Winograd4x4 : IWinograd
{
    private const float A = 0.625f;
    private const float B = 1.5f;
    private const float A2 = A * A;
    private const float B2 = B * B;
    private const float A3 = A2 * A;
    private const float B3 = B2 * B;

    // 1 / N(p).
    private const float Scale0 = (float)(1.0 / (A2 * B2));
    private const float ScaleA = (float)(1.0 / (2.0 * A2 * (A2 - B2)));
    private const float ScaleB = (float)(1.0 / (2.0 * B2 * (B2 - A2)));

    public static int Tile => 4;

    public static int Points => 6;

    // [a2b2 0 -(a2+b2) 0 1 0; 0 -+a*b2 -b2 +-a 1 0; 0 -+b*a2 -a2 +-b 1 0; 0 a2b2 0 -(a2+b2) 0 1]
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

    // [1 1 1 1 1 0; 0 a -a b -b 0; 0 a2 a2 b2 b2 0; 0 a3 -a3 b3 -b3 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        Parts(source, sourceStep, out V sumA, out V differenceA, out V sumB, out V differenceB);
        (V.Load(source) + (sumA + sumB)).Store(target);
        V.FusedMultiplyAdd(V.Broadcast(A), differenceA, V.Broadcast(B) * differenceB).Store(target + targetStep);
        V.FusedMultiplyAdd(V.Broadcast(A2), sumA, V.Broadcast(B2) * sumB).Store(target + 2 * targetStep);
        V last = V.FusedMultiplyAdd(V.Broadcast(B3), differenceB, V.Load(source + 5 * sourceStep));
        V.FusedMultiplyAdd(V.Broadcast(A3), differenceA, last).Store(target + 3 * targetStep);
    }

    // [1 0 0; 1 p p2 for p = a, -a, b, -b; 0 0 1], scaled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V first = V.Load(source);
        V middle = V.Load(source + sourceStep);
        V last = V.Load(source + 2 * sourceStep);
        Spread(first, middle, last, V.Zero, target, targetStep);
        last.Store(target + 5 * targetStep);
    }

    // [1 0 0 0; 1 p p2 p3 for p = a, -a, b, -b; 0 0 0 1], scaled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V last = V.Load(source + 3 * sourceStep);
        Spread(V.Load(source), V.Load(source + sourceStep), V.Load(source + 2 * sourceStep), last, target, targetStep);
        last.Store(target + 5 * targetStep);
    }

    // [1 1 1 1 1 0; 0 a -a b -b 0; 0 a2 a2 b2 b2 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        Parts(source, sourceStep, out V sumA, out V differenceA, out V sumB, out V differenceB);
        (V.Load(source) + (sumA + sumB)).Store(target);
        V.FusedMultiplyAdd(V.Broadcast(A), differenceA, V.Broadcast(B) * differenceB).Store(target + targetStep);
        V last = V.FusedMultiplyAdd(V.Broadcast(B2), sumB, V.Load(source + 5 * sourceStep));
        V.FusedMultiplyAdd(V.Broadcast(A2), sumA, last).Store(target + 2 * targetStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Parts<V>(float* source, nint step, out V sumA, out V differenceA, out V sumB, out V differenceB)
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

    // A cubic with these coefficients at all finite points, over N.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<V>(V c0, V c1, V c2, V c3, float* target, nint step)
        where V : struct, IVector<V>
    {
        V evenA = V.Broadcast(ScaleA) * V.FusedMultiplyAdd(V.Broadcast(A2), c2, c0);
        V oddA = V.Broadcast(A * ScaleA) * V.FusedMultiplyAdd(V.Broadcast(A2), c3, c1);
        V evenB = V.Broadcast(ScaleB) * V.FusedMultiplyAdd(V.Broadcast(B2), c2, c0);
        V oddB = V.Broadcast(B * ScaleB) * V.FusedMultiplyAdd(V.Broadcast(B2), c3, c1);
        (V.Broadcast(Scale0) * c0).Store(target);
        (evenA + oddA).Store(target + step);
        (evenA - oddA).Store(target + 2 * step);
        (evenB + oddB).Store(target + 3 * step);
        (evenB - oddB).Store(target + 4 * step);
    }
}

using System.Runtime.CompilerServices;
using FastConv.Simd;
using static FastConv.Kernels.Winograd.SixPoints;

namespace FastConv.Kernels.Winograd;

/// <summary>F(2, 5) over <see cref="SixPoints"/>.</summary>
internal readonly unsafe struct Winograd5x5 : IWinograd
{
    private const float A3 = A2 * A;
    private const float B3 = B2 * B;
    private const float A4 = A2 * A2;
    private const float B4 = B2 * B2;

    public static int Tile => 2;

    public static int Taps => 5;

    public static int Points => SixPoints.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V> => SixPoints.Input<V>(source, sourceStep, target, targetStep);

    // [1 1 1 1 1 0; 0 a -a b -b 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        Parts(source, sourceStep, out V sumA, out V differenceA, out V sumB, out V differenceB);
        (V.Load(source) + (sumA + sumB)).Store(target);
        V last = V.FusedMultiplyAdd(V.Broadcast(B), differenceB, V.Load(source + 5 * sourceStep));
        V.FusedMultiplyAdd(V.Broadcast(A), differenceA, last).Store(target + targetStep);
    }

    // [1 0 0 0 0; 1 p p2 p3 p4 for p = a, -a, b, -b; 0 0 0 0 1], scaled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V c0 = V.Load(source);
        V c1 = V.Load(source + sourceStep);
        V c2 = V.Load(source + 2 * sourceStep);
        V c3 = V.Load(source + 3 * sourceStep);
        V c4 = V.Load(source + 4 * sourceStep);
        V evenA = V.FusedMultiplyAdd(V.Broadcast(A2), V.FusedMultiplyAdd(V.Broadcast(A2), c4, c2), c0);
        V oddA = V.FusedMultiplyAdd(V.Broadcast(A2), c3, c1);
        V evenB = V.FusedMultiplyAdd(V.Broadcast(B2), V.FusedMultiplyAdd(V.Broadcast(B2), c4, c2), c0);
        V oddB = V.FusedMultiplyAdd(V.Broadcast(B2), c3, c1);
        Spread(c0, evenA, oddA, evenB, oddB, target, targetStep);
        c4.Store(target + 5 * targetStep);
    }

    // [1 0; 1 p for p = a, -a, b, -b; 0 1], scaled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V first = V.Load(source);
        V last = V.Load(source + sourceStep);
        Spread(first, first, last, first, last, target, targetStep);
        last.Store(target + 5 * targetStep);
    }

    // [1 1 1 1 1 0; 0 a -a b -b 0; 0 a2 a2 b2 b2 0; 0 a3 -a3 b3 -b3 0; 0 a4 a4 b4 b4 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        Parts(source, sourceStep, out V sumA, out V differenceA, out V sumB, out V differenceB);
        (V.Load(source) + (sumA + sumB)).Store(target);
        V.FusedMultiplyAdd(V.Broadcast(A), differenceA, V.Broadcast(B) * differenceB).Store(target + targetStep);
        V.FusedMultiplyAdd(V.Broadcast(A2), sumA, V.Broadcast(B2) * sumB).Store(target + 2 * targetStep);
        V.FusedMultiplyAdd(V.Broadcast(A3), differenceA, V.Broadcast(B3) * differenceB).Store(target + 3 * targetStep);
        V last = V.FusedMultiplyAdd(V.Broadcast(B4), sumB, V.Load(source + 5 * sourceStep));
        V.FusedMultiplyAdd(V.Broadcast(A4), sumA, last).Store(target + 4 * targetStep);
    }
}

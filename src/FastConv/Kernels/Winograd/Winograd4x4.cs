using System.Runtime.CompilerServices;
using FastConv.Simd;
using static FastConv.Kernels.Winograd.SixPoints;

namespace FastConv.Kernels.Winograd;

/// <summary>F(4, 3) over <see cref="SixPoints"/>.</summary>
internal readonly unsafe struct Winograd4x4 : IWinograd
{
    private const float A3 = A2 * A;
    private const float B3 = B2 * B;

    public static int Tile => 4;

    public static int Taps => 3;

    public static int Points => SixPoints.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V> => SixPoints.Input<V>(source, sourceStep, target, targetStep);

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
        V evenA = V.FusedMultiplyAdd(V.Broadcast(A2), last, first);
        V evenB = V.FusedMultiplyAdd(V.Broadcast(B2), last, first);
        Spread(first, evenA, middle, evenB, middle, target, targetStep);
        last.Store(target + 5 * targetStep);
    }

    // [1 0 0 0; 1 p p2 p3 for p = a, -a, b, -b; 0 0 0 1], scaled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V c0 = V.Load(source);
        V c1 = V.Load(source + sourceStep);
        V c2 = V.Load(source + 2 * sourceStep);
        V c3 = V.Load(source + 3 * sourceStep);
        V evenA = V.FusedMultiplyAdd(V.Broadcast(A2), c2, c0);
        V oddA = V.FusedMultiplyAdd(V.Broadcast(A2), c3, c1);
        V evenB = V.FusedMultiplyAdd(V.Broadcast(B2), c2, c0);
        V oddB = V.FusedMultiplyAdd(V.Broadcast(B2), c3, c1);
        Spread(c0, evenA, oddA, evenB, oddB, target, targetStep);
        c3.Store(target + 5 * targetStep);
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
}

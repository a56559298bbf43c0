using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>F(2, 3) over the points 0, 1, -1 and infinity: sums and halves, so that small integers stay exact.</summary>
internal readonly unsafe struct Winograd2x2 : IWinograd
{
    public static int Tile => 2;

    public static int Taps => 3;

    public static int Points => 4;

    // [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 -1 0 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V x0 = V.Load(source);
        V x1 = V.Load(source + sourceStep);
        V x2 = V.Load(source + 2 * sourceStep);
        V x3 = V.Load(source + 3 * sourceStep);
        (x0 - x2).Store(target);
        (x2 + x1).Store(target + targetStep);
        (x2 - x1).Store(target + 2 * targetStep);
        (x3 - x1).Store(target + 3 * targetStep);
    }

    // [1 1 1 0; 0 1 -1 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V plus = V.Load(source + sourceStep);
        V minus = V.Load(source + 2 * sourceStep);
        (V.Load(source) + (plus + minus)).Store(target);
        ((plus - minus) + V.Load(source + 3 * sourceStep)).Store(target + targetStep);
    }

    // [1 0 0; 1/2 1/2 1/2; 1/2 -1/2 1/2; 0 0 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V half = V.Broadcast(0.5f);
        V first = V.Load(source);
        V last = V.Load(source + 2 * sourceStep);
        V even = first + last;
        V odd = V.Load(source + sourceStep);
        first.Store(target);
        (half * (even + odd)).Store(target + targetStep);
        (half * (even - odd)).Store(target + 2 * targetStep);
        last.Store(target + 3 * targetStep);
    }

    // [1 0; 1/2 1/2; 1/2 -1/2; 0 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V half = V.Broadcast(0.5f);
        V even = V.Load(source);
        V odd = V.Load(source + sourceStep);
        even.Store(target);
        (half * (even + odd)).Store(target + targetStep);
        (half * (even - odd)).Store(target + 2 * targetStep);
        odd.Store(target + 3 * targetStep);
    }

    // [1 1 1 0; 0 1 -1 0; 0 1 1 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>
    {
        V plus = V.Load(source + sourceStep);
        V minus = V.Load(source + 2 * sourceStep);
        V sum = plus + minus;
        (V.Load(source) + sum).Store(target);
        (plus - minus).Store(target + targetStep);
        (sum + V.Load(source + 3 * sourceStep)).Store(target + 2 * targetStep);
    }
}

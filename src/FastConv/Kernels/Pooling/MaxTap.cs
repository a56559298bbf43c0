using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>One tap more for a vector of windows: the larger value, and its tap where taps are kept; of equals the first stays.</summary>
internal static class MaxTap
{
    /// <summary>For numbers only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KeepNumber<V, TTaps>(V value, V tap, ref V best, ref V bestTap)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        V isLarger = V.GreaterThan(value, best);
        best = V.Select(isLarger, value, best);
        if (TTaps.Keeps)
        {
            bestTap = V.Select(isLarger, tap, bestTap);
        }
    }

    /// <summary>As PyTorch: NaN takes every place, also that of a NaN before it, and gives it to nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keep<V, TTaps>(V value, V tap, ref V best, ref V bestTap)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        V isLarger = V.GreaterThan(value, best);
        V isNumber = V.EqualTo(value, value);
        best = V.Select(isLarger, value, V.Select(isNumber, best, value));
        if (TTaps.Keeps)
        {
            bestTap = V.Select(isLarger, tap, V.Select(isNumber, bestTap, tap));
        }
    }
}

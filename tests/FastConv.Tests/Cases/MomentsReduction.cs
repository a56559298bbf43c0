using FastConv.Kernels.Reductions;
using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Tests.Cases;

/// <summary>The sums of x - pivot and of (x - pivot)^2: mean and variance, without cancellation where the pivot is close to the mean.</summary>
internal readonly struct MomentsReduction : IReduction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate<V>(V x, V y, V pivot, ref V first, ref V second)
        where V : struct, IVector<V>
    {
        V deviation = x - pivot;
        first += deviation;
        second = V.FusedMultiplyAdd(deviation, deviation, second);
    }
}

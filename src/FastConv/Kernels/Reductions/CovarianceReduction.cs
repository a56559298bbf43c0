using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>The sums of y and of y * (x - pivot).</summary>
internal readonly struct CovarianceReduction : IReduction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate<V>(V x, V y, V pivot, ref V first, ref V second)
        where V : struct, IVector<V>
    {
        first += y;
        second = V.FusedMultiplyAdd(y, x - pivot, second);
    }
}

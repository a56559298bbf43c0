using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>The sum of x * y, around a pivot of 0.</summary>
internal readonly struct DotReduction : IReduction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate<V>(V x, V y, V pivot, ref V first, ref V second)
        where V : struct, IVector<V> => first = V.FusedMultiplyAdd(x, y, first);
}

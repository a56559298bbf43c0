using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>
/// 1 / (1 + e^-x), as e^x / (1 + e^x) where x is below 0: the exponential is never above 1, and small results keep their digits. Off by less
/// than 2.5 ulp. The bits are those of one lane.
/// </summary>
internal static class SigmoidMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, IVector<V>
    {
        V one = V.Broadcast(1);
        V exponential = ExpMath.ExpNonPositive(V.CopySign(x, V.Broadcast(-1)));
        return V.Select(V.GreaterThanOrEqual(x, V.Zero), one, exponential) / (one + exponential);
    }
}

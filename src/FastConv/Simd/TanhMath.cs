using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>
/// tanh |x| = t / (t + 2) with t = e^(2|x|) - 1, which loses nothing where x is small, then the sign of x: exactly odd. Off by less than
/// 2.7 ulp. The bits are those of one lane.
/// </summary>
internal static class TanhMath
{
    // tanh(10) rounds to 1.
    private const float Saturated = 20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, IVector<V>
    {
        V t = ExpMath.ExpMinusOne(V.MinOrSecond(V.Broadcast(Saturated), V.Abs(x + x)));
        return V.CopySign(t / (t + V.Broadcast(2)), x);
    }
}

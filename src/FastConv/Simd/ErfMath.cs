using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>
/// erf |x| = 1 - e^(-|x| S(|x|)), then the sign of x: exactly odd. S(a) = -log(erfc a) / a is smooth, so one polynomial does for all of
/// [0, 4], and e^y - 1 loses nothing where y is small. Off by less than 2 ulp. The bits are those of one lane.
/// </summary>
internal static class ErfMath
{
    // erf(4) rounds to 1.
    private const float Saturated = 4;

    // S has the least largest error relative to erf, 4.0e-9. 1 of its first coefficient is added at the end, for the digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x)
        where V : struct, IVector<V>
    {
        V a = V.MinOrSecond(V.Broadcast(Saturated), V.Abs(x));
        V square = a * a;
        V even = V.FusedMultiplyAdd(square, V.Broadcast(-9.25605036e-6f), V.Broadcast(-0.000632831478f));
        V odd = V.FusedMultiplyAdd(square, V.Broadcast(0.000117639553f), V.Broadcast(0.00166701898f));
        even = V.FusedMultiplyAdd(square, even, V.Broadcast(-0.00016038894f));
        odd = V.FusedMultiplyAdd(square, odd, V.Broadcast(-0.0191530678f));
        even = V.FusedMultiplyAdd(square, even, V.Broadcast(0.102777831f));
        odd = V.FusedMultiplyAdd(square, odd, V.Broadcast(0.636619389f));
        even = V.FusedMultiplyAdd(square, even, V.Broadcast(0.128379172f));
        V exponent = V.FusedMultiplyAdd(V.FusedMultiplyAdd(odd, a, even), a, a);
        return V.CopySign(ExpMath.ExpMinusOne(V.Zero - exponent), x);
    }
}

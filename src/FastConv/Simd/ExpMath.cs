using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>
/// e^x = 2^n e^r with x = n ln 2 + r, |r| at most ln 2 / 2 (W. J. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980).
/// Every operation is rounded the same way in every width, so the bits are those of one lane. NaN gives NaN.
/// </summary>
internal static class ExpMath
{
    // Beyond these e^x is 0 or infinite, and n stays small enough for Scale.
    private const float Lowest = -104;
    private const float Highest = 89;

    // 1.5 * 2^23: after its addition no fraction has room.
    private const float Rounder = 12582912;
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has so few bits that its product with n is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e^x, off by less than 1.1 ulp (subnormal results too); 0 below -104, infinite above 88.73.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IVector<V> => ExpNonPositive(V.MinOrSecond(V.Broadcast(Highest), x));

    /// <summary><see cref="Exp"/> of what is known not to be above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpNonPositive<V>(V x)
        where V : struct, IVector<V>
    {
        V rest = Reduce(V.MaxOrSecond(V.Broadcast(Lowest), x), out V n);
        return V.Scale(rest + V.Broadcast(1), n);
    }

    /// <summary>e^x - 1 for |x| up to 80, exact to a few units in the last place also where it is small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V>(V x)
        where V : struct, IVector<V>
    {
        V rest = Reduce(x, out V n);
        V power = V.Scale(V.Broadcast(1), n);
        return V.FusedMultiplyAdd(power, rest, power - V.Broadcast(1));
    }

    // e^r - 1 = r + r^2 P(r): P has the least largest relative error, 1.4e-8. Evaluated in pairs, for a shorter chain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, out V n)
        where V : struct, IVector<V>
    {
        n = V.FusedMultiplyAdd(x, V.Broadcast(Log2E), V.Broadcast(Rounder)) - V.Broadcast(Rounder);
        V r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2High), x);
        r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2Low), r);
        V square = r * r;
        V low = V.FusedMultiplyAdd(r, V.Broadcast(0.166665435f), V.Broadcast(0.5f));
        V high = V.FusedMultiplyAdd(r, V.Broadcast(0.00836658385f), V.Broadcast(0.0416662805f));
        high = V.FusedMultiplyAdd(square, V.Broadcast(0.00139464496f), high);
        return V.FusedMultiplyAdd(V.FusedMultiplyAdd(high, square, low), square, r);
    }
}

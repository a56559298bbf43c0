using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>log x = e ln 2 + log(1 + f) with x = (1 + f) 2^e, f in [-0.25, 0.5). The bits are those of one lane.</summary>
internal static class LogMath
{
    // As in ExpMath: e * Ln2High is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>log x, off by less than 1 ulp: of 0 it is -infinity, below 0 NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, IVector<V>
    {
        V f = V.Mantissa(x, out V exponent) - V.Broadcast(1);
        return WithSpecials(x, Sum(f, exponent));
    }

    /// <summary>log(1 + x), off by less than 1.5 ulp however small x is; -infinity for -1, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V>(V x)
        where V : struct, IVector<V>
    {
        // What the sum rounds away goes into f, at the mantissa's scale.
        V one = V.Broadcast(1);
        V sum = one + x;
        V lost = x - (sum - one);
        V mantissa = V.Mantissa(sum, out V exponent);
        V f = mantissa - one + V.Scale(lost, V.Zero - exponent);
        return WithSpecials(sum, Sum(f, exponent));
    }

    // log(1 + f) = f - f^2 / 2 + f^3 P(f): P has the least largest relative error, 4.8e-9. Even and odd powers side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(V f, V exponent)
        where V : struct, IVector<V>
    {
        V square = f * f;
        V even = V.FusedMultiplyAdd(square, V.Broadcast(0.105827853f), V.Broadcast(0.144677028f));
        V odd = V.FusedMultiplyAdd(square, V.Broadcast(-0.0461675338f), V.Broadcast(-0.131868944f));
        even = V.FusedMultiplyAdd(square, even, V.Broadcast(0.199910909f));
        odd = V.FusedMultiplyAdd(square, odd, V.Broadcast(-0.166437417f));
        even = V.FusedMultiplyAdd(square, even, V.Broadcast(0.333334476f));
        odd = V.FusedMultiplyAdd(square, odd, V.Broadcast(-0.250001937f));
        V tail = V.FusedMultiplyAdd(odd, f, even) * f * square;
        tail = V.FusedMultiplyAdd(exponent, V.Broadcast(Ln2Low), tail);
        tail = V.FusedMultiplyAdd(square, V.Broadcast(-0.5f), tail);
        return V.FusedMultiplyAdd(exponent, V.Broadcast(Ln2High), f + tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSpecials<V>(V x, V result)
        where V : struct, IVector<V>
    {
        V notAbove = V.Select(V.GreaterThanOrEqual(x, V.Zero), V.Broadcast(float.NegativeInfinity), V.Broadcast(float.NaN));
        V above = V.Select(V.GreaterThan(x, V.Broadcast(float.MaxValue)), x, result);
        return V.Select(V.GreaterThan(x, V.Zero), above, notAbove);
    }
}

using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

/// <summary>
/// How far a result may be from a golden number. Whoever rounds n times numbers of at most a magnitude is off by at most <see cref="ErrorBound.RelativeError"/>(n)
/// times the magnitude; the golden number has been rounded once itself. Below the normal numbers a rounding is off by a part of the smallest one instead.
/// </summary>
internal static class GoldenBound
{
    private const double Subnormal = 4 * (double)float.Epsilon;

    /// <summary>NaN matches NaN, an infinity itself.</summary>
    /// <param name="expected">Golden numbers.</param>
    /// <param name="magnitude">The sum of the absolute values that an element is made of.</param>
    /// <param name="roundings">How many times a number of this magnitude is rounded.</param>
    /// <param name="actual">FastConv's.</param>
    /// <param name="context">For the message.</param>
    public static void AssertWithin(ReadOnlySpan<float> expected, Func<int, double> magnitude, int roundings, ReadOnlySpan<float> actual, string context)
    {
        Assert.Equal(expected.Length, actual.Length);
        double relative = ErrorBound.RelativeError(roundings + 1);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = relative * magnitude(i) + Subnormal;
            bool isWithin = float.IsFinite(expected[i]) ? Math.Abs((double)actual[i] - expected[i]) <= allowed : expected[i].Equals(actual[i]);
            Assert.True(isWithin, isWithin ? null : $"{context}: [{i}] of {expected.Length} is {actual[i]:G9}, PyTorch has {expected[i]:G9}, allowed is a difference of {allowed:G3}.");
        }
    }

    /// <summary>Every element within some roundings of its own size.</summary>
    public static void AssertClose(float[] expected, int roundings, ReadOnlySpan<float> actual, string context) =>
        AssertWithin(expected, i => Math.Abs((double)expected[i]), roundings, actual, context);

    /// <summary>The same numbers, for results that no order of summation can round; 0 and -0 are the same.</summary>
    public static void AssertExact(float[] expected, ReadOnlySpan<float> actual, string context)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = expected[i].Equals(actual[i]);
            Assert.True(isSame, isSame ? null : $"{context}: [{i}] of {expected.Length} is {actual[i]:G9}, PyTorch has exactly {expected[i]:G9}.");
        }
    }
}

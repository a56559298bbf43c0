namespace FastConv.Tests.Cases;

/// <summary>
/// How far a sum of products in float may be from the exact one. A sum of K terms, in whatever order, is off by at most
/// (K + 1) u / (1 - (K + 1) u) * sum |a||b| with u = 2^-24 (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, chapter 3), so the
/// tolerance of a test is a theorem and not a guess.
/// </summary>
internal static class ErrorBound
{
    private const double UnitRoundoff = 1.0 / (1 << 24);

    /// <param name="expected">The sums in double precision.</param>
    /// <param name="magnitude">The same sums over the absolute values.</param>
    /// <param name="terms">How many terms a sum has at most, what is added to it (bias, old value, partial sums) included.</param>
    /// <param name="actual">The sums in float.</param>
    /// <param name="context">For the message.</param>
    public static void AssertWithin(double[] expected, double[] magnitude, int terms, ReadOnlySpan<float> actual, string context)
    {
        Assert.Equal(expected.Length, actual.Length);
        double relative = RelativeError(terms);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = relative * magnitude[i];
            if (!(Math.Abs(actual[i] - expected[i]) <= allowed))
            {
                Assert.Fail($"{context}: [{i}] of {expected.Length} is {actual[i]:G9}, expected {expected[i]:G9} within {allowed:G3}.");
            }
        }
    }

    /// <summary>
    /// The same for Winograd's algorithms, whose outputs take part in the rounding of their neighbours: the magnitude is the largest of all, and the
    /// transforms count as 60 more terms.
    /// </summary>
    public static void AssertWithinTiles(double[] expected, double[] magnitude, int terms, ReadOnlySpan<float> actual, string context)
    {
        double[] largest = new double[magnitude.Length];
        Array.Fill(largest, magnitude.Max());
        AssertWithin(expected, largest, terms + 60, actual, context);
    }

    /// <summary>The bound for sums whose magnitude is 1.</summary>
    public static double RelativeError(int terms) => (terms + 1) * UnitRoundoff / (1 - (terms + 1) * UnitRoundoff);

    public static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);

    public static double RootMeanSquareError(double[] expected, ReadOnlySpan<float> actual)
    {
        double sum = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            sum += (actual[i] - expected[i]) * (actual[i] - expected[i]);
        }

        return Math.Sqrt(sum / expected.Length);
    }
}

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>x * P(x), P the distribution function of the normal distribution.</summary>
internal readonly struct ScalarGELU : IScalarActivation
{
    private const float RootHalf = 0.70710678f;
    private const float PeakDensity = 0.39894228f;

    public static bool KeepsOutput => false;

    public static float Value(float x) => x * Distribution(x);

    public static float Slope(float kept) => Distribution(kept) + kept * PeakDensity * MathF.Exp(-kept * kept / 2);

    private static float Distribution(float x) => 0.5f * (1 + MathF.CopySign(ErrorFunction(MathF.Abs(x) * RootHalf), x));

    // Abramowitz and Stegun, 7.1.26: within 1.5e-7 for x of at least 0.
    private static float ErrorFunction(float x)
    {
        float t = 1 / (1 + 0.3275911f * x);
        float polynomial = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
        return 1 - polynomial * MathF.Exp(-x * x);
    }
}

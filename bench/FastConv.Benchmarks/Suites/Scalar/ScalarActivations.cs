namespace FastConv.Benchmarks.Suites.Scalar;

internal readonly struct ScalarReLU : IScalarActivation
{
    public static bool KeepsOutput => true;

    public static float Value(float x) => x > 0 ? x : 0;

    public static float Slope(float kept) => kept > 0 ? 1 : 0;
}

internal readonly struct ScalarLeakyReLU : IScalarActivation
{
    private const float Negative = 0.01f;

    public static bool KeepsOutput => false;

    public static float Value(float x) => x > 0 ? x : Negative * x;

    public static float Slope(float kept) => kept > 0 ? 1 : Negative;
}

internal readonly struct ScalarSigmoid : IScalarActivation
{
    public static bool KeepsOutput => true;

    public static float Value(float x) => 1 / (1 + MathF.Exp(-x));

    public static float Slope(float kept) => kept * (1 - kept);
}

internal readonly struct ScalarTanh : IScalarActivation
{
    public static bool KeepsOutput => true;

    public static float Value(float x) => MathF.Tanh(x);

    public static float Slope(float kept) => 1 - kept * kept;
}

internal readonly struct ScalarSiLU : IScalarActivation
{
    public static bool KeepsOutput => false;

    public static float Value(float x) => x * ScalarSigmoid.Value(x);

    public static float Slope(float kept)
    {
        float sigmoid = ScalarSigmoid.Value(kept);
        return sigmoid * (1 + kept * (1 - sigmoid));
    }
}

/// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
internal readonly struct ScalarHardSwish : IScalarActivation
{
    public static bool KeepsOutput => false;

    public static float Value(float x) => x * MathF.Min(MathF.Max(x + 3, 0), 6) / 6;

    public static float Slope(float kept) => kept switch
    {
        <= -3 => 0,
        >= 3 => 1,
        _ => kept / 3 + 0.5f,
    };
}

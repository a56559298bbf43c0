using FastConv.Tests.Cases;

namespace FastConv.Tests.Simd;

public sealed class MathFunctionTests
{
    private const int MantissasPerExponent = 96;

    private static readonly float[] Values = CreateValues();

    public static TheoryData<string> Names => MathFunctionCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exponent_is_within_the_bound_in_every_vector(string name)
    {
        MathFunctionCase function = MathFunctionCases.Get(name);
        double[] expected = [.. Values.Select(value => function.Plain(value))];
        foreach ((string vector, Func<float[], float[]> run) in function.Runs)
        {
            float[] actual = run(Values);
            for (int i = 0; i < Values.Length; i++)
            {
                double off = UlpsOff(expected[i], actual[i]);
                Assert.True(off <= function.Ulp, $"{name} of {Values[i]:G9} in {vector}: {actual[i]:G9}, expected {expected[i]:G9}: {off:F2} ulp.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_with_the_same_rounding_has_the_same_bits(string name)
    {
        MathFunctionRuns runs = MathFunctionCases.Get(name).Runs;
        float[] expected = WithoutNaN(runs["V1"](Values));
        foreach ((string vector, Func<float[], float[]> run) in runs)
        {
            TestTensors.AssertSameBits(expected, WithoutNaN(run(Values)), $"{name} in {vector}");
        }
    }

    [Theory]
    [InlineData("exp", 0f, 1f)]
    [InlineData("exp", float.NegativeInfinity, 0f)]
    [InlineData("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", 88.72283f, 3.4027985e38f)]
    [InlineData("exp", -103.9f, float.Epsilon)]
    [InlineData("log", 1f, 0f)]
    [InlineData("log", 0f, float.NegativeInfinity)]
    [InlineData("log", -1f, float.NaN)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log(1 + x)", -1f, float.NegativeInfinity)]
    [InlineData("log(1 + x)", 1e-30f, 1e-30f)]
    [InlineData("tanh", 10f, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("tanh", -0f, -0f)]
    [InlineData("sigmoid", 0f, 0.5f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("erf", 4f, 1f)]
    [InlineData("erf", -0f, -0f)]
    public void Edges_are_exact(string name, float x, float expected)
    {
        foreach ((string vector, Func<float[], float[]> run) in MathFunctionCases.Get(name).Runs)
        {
            TestTensors.AssertSameBits(WithoutNaN([expected]), WithoutNaN(run([x])), $"{name} of {x} in {vector}");
        }
    }

    // One NaN is as good as another.
    private static float[] WithoutNaN(float[] values) => [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];

    // The unit of the expected result, that of the subnormal numbers at least.
    private static double UlpsOff(double expected, float actual)
    {
        if (double.IsNaN(expected) || float.IsNaN(actual) || float.IsInfinity(actual) || double.IsInfinity(expected))
        {
            bool isSame = ((float)expected).Equals(actual);
            return isSame ? 0 : double.PositiveInfinity;
        }

        int exponent = expected == 0 ? -126 : Math.Max(-126, Math.ILogB(expected));
        return Math.Abs(actual - expected) / Math.ScaleB(1, exponent - 23);
    }

    // Of each of the 256 exponents and both signs; the last have the infinities and NaNs.
    private static float[] CreateValues()
    {
        var values = new List<float>();
        var random = new Random(1);
        for (uint exponent = 0; exponent < 256; exponent++)
        {
            uint[] mantissas = [0, 1, 2, 0x7FFFFF, 0x7FFFFE, 0x400000, 0x3FFFFF, 0x3504F3, .. Enumerable.Range(0, MantissasPerExponent).Select(_ => (uint)random.Next(1 << 23))];
            foreach (uint mantissa in mantissas)
            {
                uint bits = exponent << 23 | mantissa;
                values.Add(BitConverter.UInt32BitsToSingle(bits));
                values.Add(BitConverter.UInt32BitsToSingle(bits | 0x80000000));
            }
        }

        // Where results are neither 0 nor 1 nor infinite, and beside each power of two: log cancels there.
        values.AddRange(Enumerable.Range(0, 20_000).Select(_ => (float)(random.NextDouble() * 220 - 110)));
        values.AddRange(Enumerable.Range(0, 20_000).Select(_ => (float)(random.NextDouble() * 10 - 5)));
        return [.. values];
    }
}

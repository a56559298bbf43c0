using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class ActivationTests
{
    private static readonly float[] Specials =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, 1e-39f, -1e-39f,
        float.MaxValue, float.MinValue, 1, -1, 20, -20, 88, -88, 1e4f, -1e4f,
    ];

    public static TheoryData<string> Names => ActivationCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_agrees_with_the_plain_version(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        foreach (int length in TestTensors.VectorLengths)
        {
            float[] x = TestTensors.Random(length, length, -6, 6);
            float[] y = TestTensors.NaNs(length);
            activation.Forward(x, y);
            TestTensors.AssertClose(Map(x, activation.PlainForward), y, 1e-6, $"{name}, length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_agrees_with_the_plain_version(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        foreach (int length in TestTensors.VectorLengths)
        {
            float[] remembered = Remembered(activation, TestTensors.Random(length, length, -6, 6));
            float[] gradOutput = TestTensors.Random(length + 1, length);
            float[] gradInput = TestTensors.NaNs(length);
            activation.Backward(remembered, gradOutput, gradInput);
            double[] expected = [.. remembered.Zip(gradOutput, (value, grad) => activation.PlainBackward(value, grad))];
            TestTensors.AssertClose(expected, gradInput, 1e-6, $"{name}, length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plain_backward_agrees_with_finite_differences(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        double[] x = [-3.2, -1.5, -0.4, -0.01, 0.01, 0.3, 1, 2.5, 4];
        double[] gradOutput = [1, -2, 3, -0.5, 0.7, 1, 2, -1, 0.1];
        double[] remembered = activation.RemembersInput ? x : [.. x.Select(activation.PlainForward)];
        double[] gradInput = [.. remembered.Zip(gradOutput, activation.PlainBackward)];
        FiniteDifference.AssertMatches(values => [.. values.Select(activation.PlainForward)], x, gradOutput, gradInput);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_follow_the_formula_at_every_position(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        foreach (float special in Specials)
        {
            for (int position = 0; position < 20; position++)
            {
                float[] x = TestTensors.Random(1, 20);
                x[position] = special;
                float[] y = new float[x.Length];
                activation.Forward(x, y);
                Assert.Equal((float)activation.PlainForward(special), y[position], 1e-6f);

                float[] gradInput = new float[x.Length];
                float[] remembered = Remembered(activation, x);
                activation.Backward(remembered, y, gradInput);
                Assert.Equal((float)activation.PlainBackward(remembered[position], y[position]), gradInput[position], 1e-6f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_may_overwrite_their_arguments(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        float[] x = TestTensors.Random(1, 37, -3, 3);
        float[] y = new float[x.Length];
        activation.Forward(x, y);
        float[] inPlace = [.. x];
        activation.Forward(inPlace, inPlace);
        TestTensors.AssertSameBits(y, inPlace, "forward");

        float[] remembered = Remembered(activation, x);
        float[] gradOutput = TestTensors.Random(2, x.Length);
        float[] gradInput = new float[x.Length];
        activation.Backward(remembered, gradOutput, gradInput);
        float[] overGradient = [.. gradOutput];
        activation.Backward(remembered, overGradient, overGradient);
        TestTensors.AssertSameBits(gradInput, overGradient, "over gradOutput");
        activation.Backward(remembered, gradOutput, remembered);
        TestTensors.AssertSameBits(gradInput, remembered, "over what forward left");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wrong_lengths_are_refused_and_nothing_is_written(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        float[] output = TestTensors.NaNs(5);
        name = name.Split(',')[0];
        Assert.Contains($"{name}.Forward: y expects 4 elements, received 5", Refused(() => activation.Forward(new float[4], output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Backward: gradOutput expects 5 elements, received 4", Refused(() => activation.Backward(new float[5], new float[4], output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Backward: gradInput expects 4 elements, received 5", Refused(() => activation.Backward(new float[4], new float[4], output)), StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Partly_overlapping_memory_is_refused(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        float[] memory = TestTensors.NaNs(9);
        float[] other = new float[8];
        Refused(() => activation.Forward(memory.AsSpan(0, 8), memory.AsSpan(1, 8)));
        Refused(() => activation.Backward(memory.AsSpan(1, 8), other, memory.AsSpan(0, 8)));
        Refused(() => activation.Backward(other, memory.AsSpan(0, 8), memory.AsSpan(1, 8)));
        TestTensors.AssertUntouched(memory);
    }

    [Fact]
    public void An_approximation_of_GELU_that_there_is_none_of_is_refused()
    {
        float[] output = TestTensors.NaNs(4);
        Assert.Contains("GELU.Forward: approximate expects None or Tanh", Refused(() => GELUPrimitives.Forward(new float[4], output, (GELUApproximation)2)), StringComparison.Ordinal);
        Refused(() => GELUPrimitives.Backward(new float[4], new float[4], output, (GELUApproximation)2));
        TestTensors.AssertUntouched(output);
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static float[] Remembered(ActivationCase activation, float[] x)
    {
        if (activation.RemembersInput)
        {
            return [.. x];
        }

        float[] y = new float[x.Length];
        activation.Forward(x, y);
        return y;
    }

    private static double[] Map(float[] x, Func<double, double> function) => [.. x.Select(value => function(value))];
}

[Collection(ThreadCases.Collection)]
public sealed class ActivationThreadTests
{
    public static TheoryData<string> Names => ActivationCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_have_the_same_bits_on_any_number_of_threads(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        float[] x = TestTensors.Random(1, 70_001, -6, 6);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] y = TestTensors.NaNs(x.Length);
            float[] gradInput = TestTensors.NaNs(x.Length);
            activation.Forward(x, y);
            activation.Backward(activation.RemembersInput ? x : y, x, gradInput);
            return [.. y, .. gradInput];
        });
    }
}

using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class SoftmaxTests
{
    public static TheoryData<bool> Both => [false, true];

    [Theory]
    [MemberData(nameof(Both))]
    public void Forward_and_backward_agree_with_the_plain_version(bool isLog)
    {
        foreach (int columns in TestTensors.VectorLengths.Append(300).Append(5000).Where(length => length > 0))
        {
            int rows = columns > 100 ? 2 : 3;
            float[] x = TestTensors.Random(columns, rows * columns, -5, 5);
            float[] gradOutput = TestTensors.Random(columns + 1, x.Length);
            float[] y = TestTensors.NaNs(x.Length);
            float[] gradInput = TestTensors.NaNs(x.Length);
            Forward(isLog, rows, columns, x, y);
            TestTensors.AssertClose(PlainForward(isLog, columns, TestTensors.ToDouble(x)), y, 2e-6, $"forward, {columns} columns");
            Backward(isLog, rows, columns, y, gradOutput, gradInput);
            double[] expected = PlainBackward(isLog, columns, TestTensors.ToDouble(y), TestTensors.ToDouble(gradOutput));
            TestTensors.AssertClose(expected, gradInput, 2e-6, $"backward, {columns} columns");
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_plain_backward_agrees_with_finite_differences(bool isLog)
    {
        double[] x = TestTensors.ToDouble(TestTensors.Random(1, 15, -2, 2));
        double[] gradOutput = TestTensors.ToDouble(TestTensors.Random(2, 15));
        double[] gradInput = PlainBackward(isLog, 5, PlainForward(isLog, 5, x), gradOutput);
        FiniteDifference.AssertMatches(values => PlainForward(isLog, 5, values), x, gradOutput, gradInput);
    }

    [Fact]
    public void Huge_logits_survive()
    {
        float[] x = [10000, -10000, 0, -10000, -10000, -10000, 10000, 10000, 9999];
        float[] y = new float[9];
        SoftmaxPrimitives.Forward(3, 3, x, y);
        TestTensors.AssertClose(SoftmaxReference.Softmax(3, TestTensors.ToDouble(x)), y, 1e-6);
        Assert.Equal([1, 0, 0], y[..3]);
        Assert.Equal([1 / 3f, 1 / 3f, 1 / 3f], y[3..6]);
        LogSoftmaxPrimitives.Forward(3, 3, x, y);
        TestTensors.AssertClose(SoftmaxReference.LogSoftmax(3, TestTensors.ToDouble(x)), y, 1e-6);
        Assert.Equal([0, -20000, -10000], y[..3]);
    }

    [Fact]
    public void An_excluded_class_has_no_probability_and_a_row_of_NaN_spoils_no_other()
    {
        float[] x = [1, float.NegativeInfinity, 1, float.NaN, 0, 0, 2, 2, 2];
        float[] y = new float[9];
        SoftmaxPrimitives.Forward(3, 3, x, y);
        Assert.Equal([0.5f, 0, 0.5f, float.NaN, float.NaN, float.NaN, 1 / 3f, 1 / 3f, 1 / 3f], y);
        LogSoftmaxPrimitives.Forward(3, 3, x, y);
        Assert.Equal(float.NegativeInfinity, y[1]);
        Assert.All(y[3..6], value => Assert.True(float.IsNaN(value)));
        Assert.Equal(-MathF.Log(3), y[8], 1e-6f);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Results_may_overwrite_their_arguments(bool isLog)
    {
        const int Rows = 2;
        const int Columns = 301;
        float[] x = TestTensors.Random(1, Rows * Columns, -3, 3);
        float[] gradOutput = TestTensors.Random(2, x.Length);
        float[] y = new float[x.Length];
        float[] gradInput = new float[x.Length];
        Forward(isLog, Rows, Columns, x, y);
        Backward(isLog, Rows, Columns, y, gradOutput, gradInput);

        Forward(isLog, Rows, Columns, x, x);
        TestTensors.AssertSameBits(y, x, "forward");
        Backward(isLog, Rows, Columns, y, gradOutput, gradOutput);
        TestTensors.AssertSameBits(gradInput, gradOutput, "over gradOutput");
        gradOutput = TestTensors.Random(2, x.Length);
        Backward(isLog, Rows, Columns, y, gradOutput, y);
        TestTensors.AssertSameBits(gradInput, y, "over y");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Wrong_sizes_are_refused_and_nothing_is_written(bool isLog)
    {
        string name = isLog ? "LogSoftmax" : "Softmax";
        float[] output = TestTensors.NaNs(6);
        float[] other = new float[6];
        Assert.Contains($"{name}.Forward: x expects 6 elements, received 5", Refused(() => Forward(isLog, 2, 3, new float[5], output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Forward: y expects 4 elements, received 6", Refused(() => Forward(isLog, 2, 2, new float[4], output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Forward: rows expects at least 1, received 0", Refused(() => Forward(isLog, 0, 3, [], [])), StringComparison.Ordinal);
        Assert.Contains($"{name}.Forward: columns expects at least 1, received -1", Refused(() => Forward(isLog, 3, -1, [], [])), StringComparison.Ordinal);
        Assert.Contains("65536 x 65536", Refused(() => Forward(isLog, 65536, 65536, [], [])), StringComparison.Ordinal);
        Assert.Contains($"{name}.Backward: y expects 6 elements, received 5", Refused(() => Backward(isLog, 2, 3, new float[5], other, output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Backward: gradOutput expects 6 elements, received 5", Refused(() => Backward(isLog, 2, 3, other, new float[5], output)), StringComparison.Ordinal);
        Assert.Contains($"{name}.Backward: gradInput expects 4 elements, received 6", Refused(() => Backward(isLog, 2, 2, new float[4], new float[4], output)), StringComparison.Ordinal);
        Refused(() => Forward(isLog, 1, 5, output.AsSpan(0, 5), output.AsSpan(1, 5)));
        Refused(() => Backward(isLog, 1, 5, output.AsSpan(0, 5), other.AsSpan(0, 5), output.AsSpan(1, 5)));
        Refused(() => Backward(isLog, 1, 5, other.AsSpan(0, 5), output.AsSpan(1, 5), output.AsSpan(0, 5)));
        TestTensors.AssertUntouched(output);
    }

    internal static void Forward(bool isLog, int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
    {
        if (isLog)
        {
            LogSoftmaxPrimitives.Forward(rows, columns, x, y);
        }
        else
        {
            SoftmaxPrimitives.Forward(rows, columns, x, y);
        }
    }

    internal static void Backward(bool isLog, int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        if (isLog)
        {
            LogSoftmaxPrimitives.Backward(rows, columns, y, gradOutput, gradInput);
        }
        else
        {
            SoftmaxPrimitives.Backward(rows, columns, y, gradOutput, gradInput);
        }
    }

    private static double[] PlainForward(bool isLog, int columns, double[] x) =>
        isLog ? SoftmaxReference.LogSoftmax(columns, x) : SoftmaxReference.Softmax(columns, x);

    private static double[] PlainBackward(bool isLog, int columns, double[] y, double[] gradOutput) =>
        isLog ? SoftmaxReference.LogSoftmaxBackward(columns, y, gradOutput) : SoftmaxReference.SoftmaxBackward(columns, y, gradOutput);

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class SoftmaxThreadTests
{
    [Theory]
    [InlineData(false, 3301, 10)]
    [InlineData(true, 3301, 10)]
    [InlineData(false, 3, 11_001)]
    [InlineData(true, 3, 11_001)]
    public void Results_have_the_same_bits_on_any_number_of_threads(bool isLog, int rows, int columns)
    {
        float[] x = TestTensors.Random(1, rows * columns, -6, 6);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] y = TestTensors.NaNs(x.Length);
            float[] gradInput = TestTensors.NaNs(x.Length);
            SoftmaxTests.Forward(isLog, rows, columns, x, y);
            SoftmaxTests.Backward(isLog, rows, columns, y, x, gradInput);
            return [.. y, .. gradInput];
        });
    }
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class AvgPool2dTests
{
    public static TheoryData<string> Names => PoolCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_cases_agree_with_the_plain_version(string name) => AssertAgrees(PoolCases.Get(name), name);

    [Fact]
    public void Random_cases_agree_with_the_plain_version()
    {
        foreach (Pool2dShape shape in PoolCases.Random(3, 60, isDilated: false))
        {
            AssertAgrees(shape, shape.ToString());
        }
    }

    [Fact]
    public void Rows_around_every_vector_agree_with_the_plain_version()
    {
        foreach (Pool2dShape shape in PoolCases.VectorBoundaries)
        {
            AssertAgrees(shape, shape.ToString());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_plain_backward_agrees_with_finite_differences(bool countIncludePad)
    {
        foreach (Pool2dShape shape in PoolCases.Random(4, 10, isDilated: false))
        {
            double[] input = TestTensors.ToDouble(TestTensors.Random(1, shape.InputShape.Length));
            double[] gradOutput = TestTensors.ToDouble(TestTensors.Random(2, shape.OutputShape.Length));
            double[] gradInput = AvgPool2dReference.Backward(shape, gradOutput, countIncludePad);
            FiniteDifference.AssertMatches(values => AvgPool2dReference.Forward(shape, values, countIncludePad), input, gradOutput, gradInput);
        }
    }

    [Fact]
    public void Padding_counts_as_zeros_unless_told_otherwise()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 2, 2, 2, 2, 1);
        float[] output = new float[4];
        AvgPool2dPrimitives.Forward(shape, [4, 8, 12, 16], output);
        Assert.Equal([1, 2, 3, 4], output);
        AvgPool2dPrimitives.Forward(shape, [4, 8, 12, 16], output, countIncludePad: false);
        Assert.Equal([4, 8, 12, 16], output);
    }

    [Fact]
    public void Wrong_lengths_dilation_and_shared_memory_are_refused_and_nothing_is_written()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 4, 4, 2);
        float[] output = TestTensors.NaNs(20);
        Assert.Contains("AvgPool2d.Forward: input expects 16 elements, received 15", Refused(() => AvgPool2dPrimitives.Forward(shape, new float[15], output.AsSpan(0, 4))), StringComparison.Ordinal);
        Assert.Contains("AvgPool2d.Forward: output expects 4 elements, received 5", Refused(() => AvgPool2dPrimitives.Forward(shape, new float[16], output.AsSpan(0, 5))), StringComparison.Ordinal);
        Assert.Contains("AvgPool2d.Backward: gradOutput expects 4 elements, received 5", Refused(() => AvgPool2dPrimitives.Backward(shape, new float[5], output.AsSpan(0, 16))), StringComparison.Ordinal);
        Assert.Contains("AvgPool2d.Backward: gradInput expects 16 elements, received 15", Refused(() => AvgPool2dPrimitives.Backward(shape, new float[4], output.AsSpan(0, 15))), StringComparison.Ordinal);
        Refused(() => AvgPool2dPrimitives.Forward(shape, output.AsSpan(0, 16), output.AsSpan(0, 4)));
        Refused(() => AvgPool2dPrimitives.Backward(shape, output.AsSpan(0, 4), output.AsSpan(3, 16)));
        Pool2dShape dilated = Pool2dShape.Create(1, 1, 4, 4, 2, 1, 0, (1, 2));
        Assert.Contains("AvgPool2d.Forward: shape expects dilation 1, received 1x2", Refused(() => AvgPool2dPrimitives.Forward(dilated, new float[16], output.AsSpan(0, 6))), StringComparison.Ordinal);
        Assert.Contains("AvgPool2d.Backward: shape expects dilation 1, received 1x2", Refused(() => AvgPool2dPrimitives.Backward(dilated, new float[6], output.AsSpan(0, 16))), StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
    }

    internal static float[] Forward(Pool2dShape shape, float[] input, bool countIncludePad)
    {
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        AvgPool2dPrimitives.Forward(shape, input, output, countIncludePad);
        return output;
    }

    internal static float[] Backward(Pool2dShape shape, float[] gradOutput, bool countIncludePad)
    {
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        AvgPool2dPrimitives.Backward(shape, gradOutput, gradInput, countIncludePad);
        return gradInput;
    }

    private static void AssertAgrees(Pool2dShape shape, string context)
    {
        float[] input = TestTensors.Random(1, shape.InputShape.Length);
        float[] gradOutput = TestTensors.Random(2, shape.OutputShape.Length);
        foreach (bool countIncludePad in (bool[])[true, false])
        {
            TestTensors.AssertClose(
                AvgPool2dReference.Forward(shape, TestTensors.ToDouble(input), countIncludePad),
                Forward(shape, input, countIncludePad),
                2e-6,
                context);
            TestTensors.AssertClose(
                AvgPool2dReference.Backward(shape, TestTensors.ToDouble(gradOutput), countIncludePad),
                Backward(shape, gradOutput, countIncludePad),
                2e-6,
                context);
        }
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class AvgPool2dThreadTests
{
    [Fact]
    public void Results_have_the_same_bits_on_any_number_of_threads()
    {
        Pool2dShape shape = Pool2dShape.Create(2, 21, 30, 31, 3, 2, 1);
        float[] input = TestTensors.Random(1, shape.InputShape.Length);
        float[] gradOutput = TestTensors.Random(2, shape.OutputShape.Length);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
            [.. AvgPool2dTests.Forward(shape, input, countIncludePad: false), .. AvgPool2dTests.Backward(shape, gradOutput, countIncludePad: false)]);
    }
}

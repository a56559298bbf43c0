using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class GlobalAvgPool2dTests
{
    [Fact]
    public void It_is_average_pooling_over_the_whole_image()
    {
        foreach (int plane in TestTensors.VectorLengths.Append(5000).Where(length => length > 0))
        {
            const int Planes = 3;
            Pool2dShape shape = Pool2dShape.Create(1, Planes, 1, plane, (1, plane));
            float[] input = TestTensors.Random(plane, Planes * plane);
            float[] output = TestTensors.NaNs(Planes);
            GlobalAvgPool2dPrimitives.Forward(Planes, plane, input, output);
            TestTensors.AssertClose(AvgPool2dReference.Forward(shape, TestTensors.ToDouble(input), true), output, 1e-6, $"plane {plane}");

            float[] gradOutput = TestTensors.Random(2, Planes);
            float[] gradInput = TestTensors.NaNs(input.Length);
            GlobalAvgPool2dPrimitives.Backward(Planes, plane, gradOutput, gradInput);
            TestTensors.AssertClose(AvgPool2dReference.Backward(shape, TestTensors.ToDouble(gradOutput), true), gradInput, 1e-6, $"plane {plane}");
        }
    }

    [Fact]
    public void Wrong_sizes_and_shared_memory_are_refused_and_nothing_is_written()
    {
        float[] output = TestTensors.NaNs(6);
        Assert.Contains("GlobalAvgPool2d.Forward: input expects 6 elements, received 5", Refused(() => GlobalAvgPool2dPrimitives.Forward(2, 3, new float[5], output.AsSpan(0, 2))), StringComparison.Ordinal);
        Assert.Contains("GlobalAvgPool2d.Forward: output expects 2 elements, received 3", Refused(() => GlobalAvgPool2dPrimitives.Forward(2, 3, new float[6], output.AsSpan(0, 3))), StringComparison.Ordinal);
        Assert.Contains("GlobalAvgPool2d.Forward: planes expects at least 1, received 0", Refused(() => GlobalAvgPool2dPrimitives.Forward(0, 3, [], [])), StringComparison.Ordinal);
        Assert.Contains("GlobalAvgPool2d.Backward: plane expects at least 1, received 0", Refused(() => GlobalAvgPool2dPrimitives.Backward(2, 0, new float[2], [])), StringComparison.Ordinal);
        Assert.Contains("GlobalAvgPool2d.Backward: gradOutput expects 2 elements, received 3", Refused(() => GlobalAvgPool2dPrimitives.Backward(2, 3, new float[3], output)), StringComparison.Ordinal);
        Assert.Contains("GlobalAvgPool2d.Backward: gradInput expects 6 elements, received 5", Refused(() => GlobalAvgPool2dPrimitives.Backward(2, 3, new float[2], output.AsSpan(0, 5))), StringComparison.Ordinal);
        Refused(() => GlobalAvgPool2dPrimitives.Forward(1, 5, output.AsSpan(0, 5), output.AsSpan(4, 1)));
        Refused(() => GlobalAvgPool2dPrimitives.Backward(1, 5, output.AsSpan(4, 1), output.AsSpan(0, 5)));
        TestTensors.AssertUntouched(output);
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class GlobalAvgPool2dThreadTests
{
    [Theory]
    [InlineData(1001, 49)]
    [InlineData(5, 10_001)]
    public void Results_have_the_same_bits_on_any_number_of_threads(int planes, int plane)
    {
        float[] input = TestTensors.Random(1, planes * plane);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] output = TestTensors.NaNs(planes);
            float[] gradInput = TestTensors.NaNs(input.Length);
            GlobalAvgPool2dPrimitives.Forward(planes, plane, input, output);
            GlobalAvgPool2dPrimitives.Backward(planes, plane, output, gradInput);
            return [.. output, .. gradInput];
        });
    }
}

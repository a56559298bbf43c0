using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

public sealed class AddTests
{
    [Fact]
    public void The_sum_is_rounded_once_at_every_length()
    {
        foreach (int length in TestTensors.VectorLengths)
        {
            float[] x = TestTensors.Random(1, length);
            float[] y = TestTensors.Random(2, length);
            float[] sum = TestTensors.NaNs(length);
            AddPrimitives.Add(x, y, sum);
            TestTensors.AssertSameBits([.. x.Zip(y, (left, right) => left + right)], sum, $"length {length}");
        }
    }

    [Fact]
    public void The_sum_may_overwrite_either_argument_or_both()
    {
        float[] x = TestTensors.Random(1, 37);
        float[] y = TestTensors.Random(2, 37);
        float[] sum = new float[37];
        AddPrimitives.Add(x, y, sum);
        float[] first = [.. x];
        AddPrimitives.Add(first, y, first);
        TestTensors.AssertSameBits(sum, first);
        float[] second = [.. y];
        AddPrimitives.Add(x, second, second);
        TestTensors.AssertSameBits(sum, second);
        float[] both = [.. x];
        AddPrimitives.Add(both, both, both);
        TestTensors.AssertSameBits([.. x.Select(value => value + value)], both);
    }

    [Fact]
    public void Wrong_lengths_and_partial_overlap_are_refused_and_nothing_is_written()
    {
        float[] sum = TestTensors.NaNs(5);
        Assert.Contains("Add: y expects 5 elements, received 4", Refused(() => AddPrimitives.Add(new float[5], new float[4], sum)), StringComparison.Ordinal);
        Assert.Contains("Add: sum expects 4 elements, received 5", Refused(() => AddPrimitives.Add(new float[4], new float[4], sum)), StringComparison.Ordinal);
        Refused(() => AddPrimitives.Add(sum.AsSpan(0, 4), new float[4], sum.AsSpan(1, 4)));
        Refused(() => AddPrimitives.Add(new float[4], sum.AsSpan(1, 4), sum.AsSpan(0, 4)));
        TestTensors.AssertUntouched(sum);
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class AddThreadTests
{
    [Fact]
    public void The_sum_has_the_same_bits_on_any_number_of_threads()
    {
        float[] x = TestTensors.Random(1, 70_001);
        float[] y = TestTensors.Random(2, 70_001);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] sum = TestTensors.NaNs(x.Length);
            AddPrimitives.Add(x, y, sum);
            return sum;
        });
    }
}

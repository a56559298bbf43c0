using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

public sealed class ConcatTests
{
    [Fact]
    public void Parts_land_beside_each_other_and_come_out_again()
    {
        float[] whole = TestTensors.NaNs(12);
        ConcatPrimitives.CopyIn(2, [1, 2, 10, 20], 2, whole, 6, 0);
        ConcatPrimitives.CopyIn(2, [3, 30], 1, whole, 6, 2);
        ConcatPrimitives.CopyIn(2, [4, 5, 6, 40, 50, 60], 3, whole, 6, 3);
        Assert.Equal([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60], whole);

        float[] part = TestTensors.NaNs(6);
        ConcatPrimitives.CopyOut(2, whole, 6, 3, part, 3);
        Assert.Equal([4, 5, 6, 40, 50, 60], part);
    }

    [Fact]
    public void A_run_of_several_blocks_arrives_whole()
    {
        const int Length = (1 << 19) + 3;
        float[] part = [.. Enumerable.Range(0, 2 * Length).Select(i => (float)i)];
        float[] whole = TestTensors.NaNs(2 * (Length + 5));
        ConcatPrimitives.CopyIn(2, part, Length, whole, Length + 5, 4);
        Assert.True(whole.AsSpan(4, Length).SequenceEqual(part.AsSpan(0, Length)));
        Assert.True(whole.AsSpan(Length + 9, Length).SequenceEqual(part.AsSpan(Length)));
        Assert.Equal(10, whole.Count(float.IsNaN));
        float[] back = TestTensors.NaNs(part.Length);
        ConcatPrimitives.CopyOut(2, whole, Length + 5, 4, back, Length);
        Assert.True(back.AsSpan().SequenceEqual(part));
    }

    [Fact]
    public void Only_the_part_is_written()
    {
        float[] whole = TestTensors.NaNs(12);
        ConcatPrimitives.CopyIn(3, [1, 2, 3], 1, whole, 4, 2);
        Assert.Equal([1, 2, 3], [whole[2], whole[6], whole[10]]);
        Assert.Equal(9, whole.Count(float.IsNaN));
    }

    [Theory]
    [InlineData(0, 2, 6, 0, "batch expects at least 1, received 0")]
    [InlineData(2, 0, 6, 0, "partLength expects at least 1, received 0")]
    [InlineData(2, 2, 0, 0, "wholeLength expects at least 1, received 0")]
    [InlineData(2, 3, 6, 0, "part expects 6 elements, received 4")]
    [InlineData(2, 2, 5, 0, "whole expects 10 elements, received 12")]
    [InlineData(2, 2, 6, -1, "offset expects a part of 2 within a sample of 6, received -1")]
    [InlineData(2, 2, 6, 5, "offset expects a part of 2 within a sample of 6, received 5")]
    [InlineData(2, 2, 6, int.MaxValue, "offset expects a part of 2 within a sample of 6, received 2147483647")]
    public void Sizes_that_do_not_fit_are_refused_and_nothing_is_written(int batch, int partLength, int wholeLength, int offset, string message)
    {
        float[] part = TestTensors.NaNs(4);
        float[] whole = TestTensors.NaNs(12);
        Assert.Contains(
            $"Concat.CopyIn: {message}",
            Refused(() => ConcatPrimitives.CopyIn(batch, new float[4], partLength, whole, wholeLength, offset)),
            StringComparison.Ordinal);
        Assert.Contains(
            $"Concat.CopyOut: {message}",
            Refused(() => ConcatPrimitives.CopyOut(batch, new float[12], wholeLength, offset, part, partLength)),
            StringComparison.Ordinal);
        TestTensors.AssertUntouched(part);
        TestTensors.AssertUntouched(whole);
    }

    [Fact]
    public void Shared_memory_is_refused()
    {
        float[] memory = TestTensors.NaNs(12);
        Refused(() => ConcatPrimitives.CopyIn(2, memory.AsSpan(4, 4), 2, memory, 6, 0));
        Refused(() => ConcatPrimitives.CopyOut(2, memory, 6, 0, memory.AsSpan(4, 4), 2));
        TestTensors.AssertUntouched(memory);
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class ConcatThreadTests
{
    [Fact]
    public void Copies_are_complete_on_any_number_of_threads()
    {
        const int Batch = 50;
        const int PartLength = 1001;
        const int WholeLength = 1500;
        float[] part = TestTensors.Random(1, Batch * PartLength);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] whole = new float[Batch * WholeLength];
            float[] back = TestTensors.NaNs(part.Length);
            ConcatPrimitives.CopyIn(Batch, part, PartLength, whole, WholeLength, 77);
            ConcatPrimitives.CopyOut(Batch, whole, WholeLength, 77, back, PartLength);
            TestTensors.AssertSameBits(part, back);
            return whole;
        });
    }
}

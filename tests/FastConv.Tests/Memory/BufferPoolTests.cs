using FastConv.Memory;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Memory;

[Collection(ThreadCases.Collection)]
public sealed unsafe class BufferPoolTests
{
    public static TheoryData<int> Lengths
    {
        get
        {
            TheoryData<int> lengths = [0, 1, 1023, 1024, 1025, 1151, 1152, 1153];
            for (int octave = 2048; octave <= 1 << 20; octave *= 2)
            {
                for (int step = 0; step < 8; step++)
                {
                    int edge = octave / 8 * (8 + step);
                    lengths.Add(edge - 1);
                    lengths.Add(edge);
                    lengths.Add(edge + 1);
                }
            }

            return lengths;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rent_IsLongEnoughAndWastesAtMostAnEighth(int length)
    {
        AlignedBuffer buffer = BufferPool.Rent(length);
        try
        {
            Assert.True(buffer.Length >= length, $"{length} were asked for, {buffer.Length} came");
            Assert.True(buffer.Length <= Math.Max(1024, length + length / 8), $"{length} were asked for, {buffer.Length} came");
            Assert.Equal(0, (long)buffer.Pointer % 64);
            buffer.Span[buffer.Length - 1] = 1;
        }
        finally
        {
            BufferPool.Return(buffer);
        }
    }

    [Fact]
    public void ReturnedBuffer_IsRentedAgain()
    {
        AlignedBuffer first = BufferPool.Rent(12345);
        BufferPool.Return(first);
        AlignedBuffer second = BufferPool.Rent(12345);
        BufferPool.Return(second);

        Assert.Same(first, second);
    }

    [Fact]
    public void RentedBuffers_AreDistinct()
    {
        AlignedBuffer[] buffers = [.. Enumerable.Range(0, 40).Select(_ => BufferPool.Rent(3000))];

        Assert.Equal(40, buffers.Distinct().Count());
        Array.ForEach(buffers, BufferPool.Return); // more than a class keeps: the surplus is left to the collector
    }

    [Fact]
    public void ReturningTwice_IsRefused()
    {
        AlignedBuffer buffer = BufferPool.Rent(10);
        BufferPool.Return(buffer);
        long rented = BufferPool.Rented;

        Assert.Throws<InvalidOperationException>(() => BufferPool.Return(buffer));
        Assert.Throws<InvalidOperationException>(() => BufferPool.Return(AlignedBuffer.Zeroed(1024)));
        Assert.Equal(rented, BufferPool.Rented);
    }

    [Fact]
    public void Rented_CountsWhatIsOut()
    {
        long before = BufferPool.Rented;
        AlignedBuffer first = BufferPool.Rent(1);
        AlignedBuffer second = BufferPool.Rent(5000);

        Assert.Equal(before + 2, BufferPool.Rented);
        BufferPool.Return(first);
        Assert.Equal(before + 1, BufferPool.Rented);
        BufferPool.Return(second);
        Assert.Equal(before, BufferPool.Rented);
    }

    [Fact]
    public void WarmRent_AllocatesNothing()
    {
        AllocationCases.AssertWarmCallAllocatesNothing(() =>
        {
            AlignedBuffer small = BufferPool.Rent(7);
            AlignedBuffer large = BufferPool.Rent(70_000);
            BufferPool.Return(small);
            BufferPool.Return(large);
        });

        long created = BufferPool.Created;
        BufferPool.Return(BufferPool.Rent(70_000));
        Assert.Equal(created, BufferPool.Created);
    }

    [Fact]
    public void LengthsNoArrayHas_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferPool.Rent(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferPool.Rent(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferPool.Rent(BufferPool.LargestLength + 1));
    }

    [Fact]
    public void ConcurrentUse_NeverSharesABuffer()
    {
        long before = BufferPool.Rented;
        int shared = 0;
        Thread[] threads = [.. Enumerable.Range(1, 6).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                AlignedBuffer buffer = BufferPool.Rent(1500 + i % 3 * 1000);
                buffer.Span[0] = number;
                buffer.Span[^1] = i;
                Thread.SpinWait(i % 7);
                if (buffer.Span[0] != number || buffer.Span[^1] != i)
                {
                    Interlocked.Increment(ref shared);
                }

                BufferPool.Return(buffer);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, shared);
        Assert.Equal(before, BufferPool.Rented);
    }
}

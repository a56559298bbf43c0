using FastConv.Memory;

namespace FastConv.Tests.Memory;

public sealed unsafe class AlignedBufferTests
{
    [Fact]
    public void EveryBuffer_StartsOnACacheLineAndHasItsLength()
    {
        List<AlignedBuffer> kept = [];
        for (int length = 0; length <= 200; length++)
        {
            foreach (AlignedBuffer buffer in (AlignedBuffer[])[AlignedBuffer.Zeroed(length), AlignedBuffer.Uninitialized(length)])
            {
                Assert.Equal(0, (long)buffer.Pointer % 64);
                Assert.Equal(length, buffer.Length);
                Assert.Equal(length, buffer.Span.Length);
                kept.Add(buffer); // the next one must lie elsewhere
            }
        }
    }

    [Fact]
    public void Zeroed_IsZero() => Assert.Equal(new float[1000], AlignedBuffer.Zeroed(1000).Span);

    [Fact]
    public void SpanAndPointer_AreTheSameMemoryAfterACollection()
    {
        AlignedBuffer buffer = AlignedBuffer.Zeroed(100);
        float* pointer = buffer.Pointer;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        buffer.Span[99] = 7;

        Assert.Equal(7, pointer[99]);
        Assert.True(pointer == buffer.Pointer);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(15, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void RoundUp_IsTheNextCacheLine(int length, int expected) => Assert.Equal(expected, AlignedBuffer.RoundUp(length));

    [Fact]
    public void RoundUp_BeyondTheLargestLength_IsRefused() => Assert.Throws<OverflowException>(() => AlignedBuffer.RoundUp(int.MaxValue));
}

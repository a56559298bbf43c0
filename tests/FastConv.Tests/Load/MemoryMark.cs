using FastConv.Memory;
using Xunit.Abstractions;

namespace FastConv.Tests.Load;

/// <summary>
/// What the process holds at a moment: managed objects after a full collection, buffers handed out, and memory that the system gave it. The margins: a
/// megabyte of managed objects for the runtime's own (compiled code's tables, the test runner's messages), and 96 MB of the system's, since
/// the collector gives freed memory back in its own time.
/// </summary>
internal sealed record MemoryMark(long Managed, long Rented, long WorkingSet)
{
    private const long ManagedMargin = 1 << 20;
    private const long WorkingSetMargin = 96 << 20;

    public static MemoryMark Now()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new MemoryMark(GC.GetTotalMemory(forceFullCollection: true), BufferPool.Rented, Environment.WorkingSet);
    }

    /// <summary>No more is held now than then, within the margins.</summary>
    /// <param name="output">Gets both.</param>
    /// <param name="pooled">Bytes of buffers that the pool may have come to keep in between, of as many as were ever used at once.</param>
    public void AssertFlat(ITestOutputHelper output, long pooled = 0)
    {
        MemoryMark now = Now();
        output.WriteLine($"{this} -> {now}");
        Assert.Equal(Rented, now.Rented);
        Assert.InRange(now.Managed - Managed, long.MinValue, ManagedMargin + pooled);
        Assert.InRange(now.WorkingSet - WorkingSet, long.MinValue, WorkingSetMargin);
    }
}

using FastConv.Memory;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Hostile;

/// <summary>
/// Every row of the table of hostile input: the call ends as the row says, has written to no output, has returned what it rented, has allocated little, and does end.
/// </summary>
[Collection(ThreadCases.Collection)]
public sealed class HostileTests
{
    private const long MostAllocatedBytes = 32 << 20;

    // No row does so much work, however slow the machine: this is what "hangs" means.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Names { get; } = [.. HostileTable.Rows.Where(row => !HostileTable.NeedsCodecs(row)).Select(row => row.Name)];

    public static TheoryData<string> CodecNames { get; } = [.. HostileTable.Rows.Where(HostileTable.NeedsCodecs).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_holds(string name) => AssertHolds(name);

    [CodecTheory]
    [MemberData(nameof(CodecNames))]
    public void Row_of_an_image_holds(string name) => AssertHolds(name);

    private static void AssertHolds(string name)
    {
        HostileRow row = HostileTable.Rows.Single(row => row.Name == name);
        using var call = new HostileCall();
        long rented = BufferPool.Rented;
        Exception? error = null;
        long allocated = 0;
        var thread = new Thread(() =>
        {
            long before = GC.GetTotalAllocatedBytes();
            error = Record.Exception(() => row.Run(call));
            allocated = GC.GetTotalAllocatedBytes() - before;
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(Longest), "the call does not come back");
        AssertEndsAsSaid(row, error);
        call.AssertNothingWritten();
        Assert.Equal(rented, BufferPool.Rented);
        Assert.InRange(allocated, 0, MostAllocatedBytes);
    }

    private static void AssertEndsAsSaid(HostileRow row, Exception? error)
    {
        if (row.Error is null)
        {
            Assert.Null(error);
            return;
        }

        Assert.NotNull(error);
        Assert.True(error.GetType() == row.Error, $"expected {row.Error.Name}, received {error}");
        Assert.Contains(row.Says, error.Message, StringComparison.Ordinal);
    }
}

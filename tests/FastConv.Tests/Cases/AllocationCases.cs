namespace FastConv.Tests.Cases;

/// <summary>What a warm call may allocate: nothing, on any thread. For tests of the collection that runs alone.</summary>
internal static class AllocationCases
{
    private const int WarmingCalls = 30;
    private const int Attempts = 20;

    /// <summary>
    /// The least of many attempts counts: the runtime and the test runner allocate now and then in the background, a call that
    /// allocates does so every time.
    /// </summary>
    public static void AssertWarmCallAllocatesNothing(Action call)
    {
        for (int i = 0; i < WarmingCalls; i++)
        {
            call();
        }

        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }
}

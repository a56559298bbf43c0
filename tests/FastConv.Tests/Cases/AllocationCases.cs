namespace FastConv.Tests.Cases;

/// <summary>
/// What a warm call may allocate: nothing. The least of many attempts counts: the runtime, the test runner and a lock that was
/// waited for allocate now and then, a call that allocates does so every time.
/// </summary>
internal static class AllocationCases
{
    private const int WarmingCalls = 30;
    private const int Attempts = 100;

    /// <summary>Nothing on any thread. For tests of the collection that runs alone.</summary>
    public static void AssertWarmCallAllocatesNothing(Action call) =>
        AssertNothing(call, () => GC.GetTotalAllocatedBytes(precise: true));

    /// <summary>Nothing on the calling thread, whatever other tests do at the same time.</summary>
    public static void AssertWarmCallAllocatesNothingHere(Action call) => AssertNothing(call, GC.GetAllocatedBytesForCurrentThread);

    private static void AssertNothing(Action call, Func<long> allocated)
    {
        for (int i = 0; i < WarmingCalls; i++)
        {
            call();
        }

        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = allocated();
            call();
            least = Math.Min(least, allocated() - before);
        }

        Assert.Equal(0, least);
    }
}

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// Brings the code of many short operations through tiered compilation before any of them is timed: every method that one enters must pass
/// two tiers, of 30 calls each, and is compiled in the background once nothing new has been entered for 100 ms.
/// </summary>
internal static class TieredWarmUp
{
    private const int Calls = 40;
    private const int Passes = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="operations">What is warmed up.</param>
    /// <param name="run">Makes an operation ready and calls it so often.</param>
    public static void Run<T>(IReadOnlyList<T> operations, Action<T, int> run)
    {
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (T operation in operations)
            {
                run(operation, Calls);
            }

            Thread.Sleep(Pause);
        }
    }
}

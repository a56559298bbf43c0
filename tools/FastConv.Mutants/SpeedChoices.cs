namespace FastConv.Mutants;

/// <summary>
/// Methods that choose how fast a result comes and, by the library's promise, none of its bits: numbers of threads, sizes of blocks, what an algorithm is meant for. Tests that compare
/// results over every choice hold the promise, and so cannot see which one was made; the gate of speed and work does.
/// </summary>
internal static class SpeedChoices
{
    private static readonly string[] Methods = ["ThreadsFor", "ThreadsForCopy", "GridOf", "IsMeantFor", "Suits", "Prefetch", "get_MaxThreads"];

    public static bool Has(string type, string method) => Methods.Contains(method) || type is "GemmBlocking" or "ThreadGate";
}

using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>Keeps work on the caller's thread that is over before another thread would have woken up.</summary>
internal static class ThreadGate
{
    /// <summary>Elements below which one thread does it all.</summary>
    public const int SmallestParallelWork = 32 * 1024;

    /// <summary>Threads for an operation that touches so many elements.</summary>
    public static int ThreadsFor(long elements) => elements < SmallestParallelWork ? 1 : ThreadSettings.MaxThreads;
}

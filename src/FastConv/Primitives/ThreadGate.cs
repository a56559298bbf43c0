using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>Keeps work on the caller's thread that is over before another thread would have woken up.</summary>
internal static class ThreadGate
{
    /// <summary>Elements below which one thread does it all.</summary>
    public const int SmallestParallelWork = 32 * 1024;

    /// <summary>Bytes that one thread moves alone, where an operation does little but move them: about 10 microseconds, some dispatches long.</summary>
    public const int SmallestParallelCopy = 512 * 1024;

    /// <summary>64 KiB of floats: a piece and its result stay in a core's second-level cache.</summary>
    public const int ElementsPerPiece = 16 * 1024;

    /// <summary>Threads for an operation that touches so many elements.</summary>
    public static int ThreadsFor(long elements) => elements < SmallestParallelWork ? 1 : ThreadSettings.MaxThreads;

    /// <summary>Threads for an operation that does little but move so many floats, to or from memory.</summary>
    public static int ThreadsForCopy(long floats) => floats * sizeof(float) < SmallestParallelCopy ? 1 : ThreadSettings.MaxThreads;

    /// <summary>
    /// Units of work (rows, planes) cut into pieces of about <see cref="ElementsPerPiece"/> elements, by their sizes alone: never by the
    /// number of threads.
    /// </summary>
    public static Partition PiecesOf(int units, int unitLength) => new(units, units, Math.Max(1, ElementsPerPiece / unitLength));
}

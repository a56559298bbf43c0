using FastConv.Memory;
using FastConv.Parallelism;

namespace FastConv.Tests.Cases;

/// <summary>Tests that change or observe what the whole process shares (threads, buffer counts). They run alone.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class ThreadCases
{
    public const string Collection = "Threads";

    /// <summary>More threads than pieces, than processors, odd ones.</summary>
    private static readonly int[] ThreadCounts = [1, 2, 3, 4, 8];

    /// <summary>Runs the operation on different numbers of threads; every result has the bits of the first, and every buffer comes back.</summary>
    /// <param name="run">Returns all outputs one after the other.</param>
    internal static void AssertSameBitsOnAnyThreads(Func<float[]> run)
    {
        int before = ThreadSettings.MaxThreads;
        long rented = BufferPool.Rented;
        try
        {
            float[]? expected = null;
            foreach (int threads in ThreadCounts)
            {
                ThreadSettings.MaxThreads = threads;
                float[] actual = run();
                expected ??= actual;
                TestTensors.AssertSameBits(expected, actual, $"{threads} threads");
            }
        }
        finally
        {
            ThreadSettings.MaxThreads = before;
        }

        Assert.Equal(rented, BufferPool.Rented);
    }
}

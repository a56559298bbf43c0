using FastConv.Benchmarks.Steps;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Benchmarks.Suites;

/// <summary>What this process can do at best, on the threads in force: the loop of multiply-adds, or the large copy.</summary>
internal static class ProcessLimit
{
    private const int Runs = 500;

    /// <summary>Floating-point operations or bytes a second.</summary>
    public static double Measure(WorkUnit unit) => unit == WorkUnit.Flops ? MultiplyAdds() : Copy();

    // One core's, times the threads: the same definition as in the comparison with other engines.
    private static double MultiplyAdds()
    {
        double best = 0;
        for (int run = 0; run < Runs; run++)
        {
            best = Math.Max(best, MachineLimits.MeasureMultiplyAdds());
        }

        return 1e9 * best * ThreadSettings.MaxThreads;
    }

    private static double Copy()
    {
        using var copy = new CopyBandwidth();
        return copy.Measure(ThreadSettings.MaxThreads);
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using FastConv.Benchmarks.Steps;
using FastConv.Cli.Measurement;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Benchmarks.Limits;

/// <summary>The ceilings of this process's instruction set: multiply-adds and copies in turns, the best of many.</summary>
internal static class LimitMeasurement
{
    /// <param name="tier">Written into the row as the switch that this process was started with.</param>
    /// <param name="seconds">The turns go on for so long, and one is taken at least.</param>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static LimitRow Run(string tier, double seconds)
    {
        int threads = ThreadSettings.MaxThreads;
        double one = 0;
        double all = 0;
        double copyOne;
        double copyAll;
        using var copy = new CopyBandwidth();
        long start = Stopwatch.GetTimestamp();
        do
        {
            one = Math.Max(one, MultiplyAddLimit.Measure(1));
            all = Math.Max(all, MultiplyAddLimit.Measure(threads));
            copyOne = copy.Measure(1);
            copyAll = copy.Measure(threads);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        (int rows, int columns) = ChosenKernels.Tile();
        return new LimitRow(
            CpuModel.Read(),
            RuntimeInformation.FrameworkDescription,
            DateOnly.FromDateTime(DateTime.UtcNow),
            MachineLimits.InstructionSet,
            tier,
            threads,
            one,
            all,
            copyOne / 1e9,
            copyAll / 1e9,
            CacheSizes.OfLevel(1),
            CacheSizes.OfLevel(2),
            CacheSizes.OfLevel(3),
            SimdDispatch.Lanes,
            SimdDispatch.Registers,
            rows,
            columns,
            ChosenKernels.Products(),
            ChosenKernels.Layers());
    }
}

using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate.Speed;

/// <summary>The share that a kernel must not fall below.</summary>
internal static class Floor
{
    private const int Deviations = 4;

    // Runs of a quarter of an hour agree better with each other than with those of another day.
    private const double LeastDeviation = 0.03;

    /// <summary>The median of many runs minus four times their median deviation, which counts as 3 % of the median where it is less.</summary>
    public static double Of(IReadOnlyCollection<double> shares)
    {
        double median = Spread.Median(shares);
        return median - Deviations * Math.Max(Spread.MedianDeviation(shares), LeastDeviation * median);
    }
}

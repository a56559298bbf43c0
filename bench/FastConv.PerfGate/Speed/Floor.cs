using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate.Speed;

/// <summary>The share that a kernel must not fall below.</summary>
internal static class Floor
{
    private const int Deviations = 4;

    /// <summary>The median of many runs minus four times their median deviation.</summary>
    /// <param name="shares">Of the runs.</param>
    /// <param name="leastDeviation">
    /// As a share of the median, what the deviation counts as where it is less: runs of a quarter of an hour agree better with each other than with those of
    /// another day.
    /// </param>
    public static double Of(IReadOnlyCollection<double> shares, double leastDeviation)
    {
        double median = Spread.Median(shares);
        return median - Deviations * Math.Max(Spread.MedianDeviation(shares), leastDeviation * median);
    }
}

using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate.Speed;

/// <summary>The share that a kernel must not fall below.</summary>
internal static class Floor
{
    private const int Deviations = 4;

    /// <summary>The median of many runs minus four times their median deviation.</summary>
    public static double Of(IReadOnlyCollection<double> shares) => Spread.Median(shares) - Deviations * Spread.MedianDeviation(shares);
}

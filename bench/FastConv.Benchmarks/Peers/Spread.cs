namespace FastConv.Benchmarks.Peers;

/// <summary>The middle of measured values and how far they lie from it, by statistics that a few outliers do not move.</summary>
internal static class Spread
{
    /// <summary>The value in the middle; of an even number, the mean of the two there.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>MAD: the median distance from the median.</summary>
    public static double MedianDeviation(IReadOnlyCollection<double> values)
    {
        double median = Median(values);
        return Median(values.Select(value => Math.Abs(value - median)));
    }
}

using System.Globalization;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// Whether two engines computed the same: max |a - b| at most a thousandth of max |b|, which another order of summing stays far below.
/// </summary>
internal static class ResultCheck
{
    private const double Tolerance = 1e-3;
    private const double NormTolerance = 2e-2;

    /// <summary>Null where they agree. A NaN never agrees.</summary>
    public static string? Describe(ReadOnlySpan<float> own, ReadOnlySpan<float> other)
    {
        double largest = 0;
        foreach (float value in other)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        int worst = 0;
        double difference = 0;
        for (int index = 0; index < own.Length; index++)
        {
            double here = Math.Abs((double)own[index] - other[index]);
            if (!(here <= difference))
            {
                (worst, difference) = (index, here);
                if (double.IsNaN(here))
                {
                    break;
                }
            }
        }

        return difference <= Tolerance * largest
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"element {worst} is {own[worst]:G6}, the peer's {other[worst]:G6} (largest {largest:G6})");
    }

    /// <summary>
    /// The same by norms, |a - b| over |b|, for gradients of whole networks: where a rounding moves one value across the edge of a ReLU or
    /// the maximum of a window to its neighbour, single elements differ by much more than roundings do: one such value moved the gradient of a
    /// VGG-like network by 0.4 %.
    /// </summary>
    public static string? DescribeNorm(ReadOnlySpan<float> own, ReadOnlySpan<float> other)
    {
        double difference = 0;
        double norm = 0;
        for (int index = 0; index < own.Length; index++)
        {
            double here = (double)own[index] - other[index];
            difference += here * here;
            norm += (double)other[index] * other[index];
        }

        double share = Math.Sqrt(difference / norm);
        return share <= NormTolerance ? null : string.Create(CultureInfo.InvariantCulture, $"their distance is {share:G3} of the peer's norm");
    }
}

using FastConv.Benchmarks.Peers;
using FastConv.PerfGate.Speed;

namespace FastConv.PerfGate.Tests;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1 }, 5)]
    [InlineData(new double[] { 3, 100, 1 }, 3)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void Median_is_the_middle_of_the_sorted_values(double[] values, double expected) => Assert.Equal(expected, Spread.Median(values));

    // The median is 4, the distances from it 3, 2, 0, 1 and 96.
    [Fact]
    public void Deviation_is_the_median_distance_and_ignores_an_outlier() => Assert.Equal(2, Spread.MedianDeviation([1, 2, 4, 5, 100]));

    [Fact]
    public void Floor_is_four_deviations_below_the_median() => Assert.Equal(4 - 4 * 2, Floor.Of([1, 2, 4, 5, 100], leastDeviation: 0.03));

    [Fact]
    public void Floor_of_equal_runs_is_four_least_deviations_below() =>
        Assert.Equal(0.44, Floor.Of([0.5, 0.5, 0.5, 0.5], leastDeviation: 0.03), 12);
}

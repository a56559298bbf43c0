using FastConv.Cli.Display;

namespace FastConv.Tests.Cli;

/// <summary>Figures of training as people read them.</summary>
public sealed class ProgressTextTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(3725, "1 h 02 min")]
    [InlineData(90_061, "25 h 01 min")]
    public void Durations_have_the_units_that_matter(double seconds, string expected) =>
        Assert.Equal(expected, ProgressText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_curve_goes_from_its_lowest_to_its_highest_value()
    {
        Assert.Equal("", Sparkline.Draw([], 10));
        Assert.Equal("", Sparkline.Draw([double.NaN, double.PositiveInfinity], 10));
        Assert.Equal("▁▁", Sparkline.Draw([3, 3], 10));
        Assert.Equal("▁█", Sparkline.Draw([1, double.NaN, 2], 10));
        Assert.Equal("▁█", Sparkline.Draw([1, 1, 5, 5], 2));
    }
}

namespace FastConv.Cli.Display;

/// <summary>A curve in one line of text: a bar of eight heights for each point.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The curve, from its lowest to its highest value; several values to a bar where there are more than fit.</summary>
    /// <param name="values">From left to right; what is not finite is passed over.</param>
    /// <param name="width">The most letters.</param>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        int bars = Math.Min(width, finite.Length);
        if (bars == 0)
        {
            return "";
        }

        double[] means = [.. Enumerable.Range(0, bars).Select(bar => finite[(int)((long)bar * finite.Length / bars)..(int)((bar + 1L) * finite.Length / bars)].Average())];
        (double low, double high) = (means.Min(), means.Max());
        return string.Concat(means.Select(mean => Bars[high > low ? (int)Math.Round((mean - low) / (high - low) * (Bars.Length - 1)) : 0]));
    }
}

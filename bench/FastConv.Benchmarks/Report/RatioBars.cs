using FastConv.Cli.Curves;

namespace FastConv.Benchmarks.Report;

/// <summary>Ratios that stand together under one label.</summary>
/// <param name="Label">At the left.</param>
/// <param name="Bars">Name of the series, and FastConv's speed over the peer's.</param>
internal sealed record RatioGroup(string Label, IReadOnlyList<(string Series, double Ratio)> Bars);

/// <summary>Ratios as bars from the line of 1: to the right where FastConv is faster, to the left where the peer is. The scale is logarithmic.</summary>
internal static class RatioBars
{
    private const double Width = 960;
    private const double Left = 290;
    private const double Right = 900;
    private const double Top = 96;
    private const double BarHeight = 12;
    private const double BarStep = 15;
    private const double GroupGap = 10;
    private const double Foot = 56;
    private const double TitleLeft = 24;

    /// <summary>The picture.</summary>
    public static string Draw(string title, IReadOnlyList<RatioGroup> groups)
    {
        Series[] all = Series.Create(groups.SelectMany(group => group.Bars).Select(bar => bar.Series));
        double[] ratios = [.. groups.SelectMany(group => group.Bars).Select(bar => bar.Ratio), 1];
        double bottom = Top + groups.Sum(HeightOf);
        var across = new LogAxis(Math.Min(ratios.Min(), 0.5), Math.Max(ratios.Max(), 2), Left, Right);
        var svg = new SvgText();
        FigureFrame.Open(svg, Width, bottom + Foot);
        svg.Text(title, $"""class="title" x="{TitleLeft}" y="28" """);
        Series.DrawLegend(
            svg, all, TitleLeft + 6, 54, (series, x, y) => DrawBar(svg, x - BarHeight / 2, y - BarHeight / 2, BarHeight, series.Color));
        DrawGrid(svg, across, bottom);
        double y = Top;
        foreach (RatioGroup group in groups)
        {
            DrawGroup(svg, group, all, across, y);
            y += HeightOf(group);
        }

        svg.Close("svg");
        return svg.ToString();
    }

    private static double HeightOf(RatioGroup group) => group.Bars.Count * BarStep + GroupGap;

    private static void DrawGrid(SvgText svg, LogAxis across, double bottom)
    {
        foreach (double tick in across.Ticks)
        {
            double x = across.Place(tick);
            svg.Element("line", $"""class="grid" x1="{x}" y1="{Top - 8}" x2="{x}" y2="{bottom}" """);
            svg.Text(SvgText.Number(tick), $"""x="{x}" y="{bottom + 18}" text-anchor="middle" """);
        }

        double one = across.Place(1);
        svg.Element("line", $"""x1="{one}" y1="{Top - 8}" x2="{one}" y2="{bottom}" stroke="#7b848f" stroke-width="1.5" """);
        svg.Text("speed of FastConv over speed of the peer; 1: equal", $"""x="{(Left + Right) / 2}" y="{bottom + 40}" text-anchor="middle" """);
    }

    private static void DrawGroup(SvgText svg, RatioGroup group, Series[] all, LogAxis across, double top)
    {
        double middle = top + group.Bars.Count * BarStep / 2;
        svg.Text(group.Label, $"""x="{TitleLeft}" y="{middle + 3}" """);
        double one = across.Place(1);
        double y = top;
        foreach ((string name, double ratio) in group.Bars)
        {
            double end = across.Place(ratio);
            string color = all.First(series => series.Name == name).Color;
            DrawBar(svg, Math.Min(one, end), y, Math.Abs(end - one), color);
            bool isLeft = ratio < 1;
            svg.Text(
                MarkdownTable.Number(ratio, 2),
                $"""x="{(isLeft ? end - 5 : end + 5)}" y="{y + 10.5}" text-anchor="{(isLeft ? "end" : "start")}" style="font-size:11px" """);
            y += BarStep;
        }
    }

    private static void DrawBar(SvgText svg, double x, double y, double width, string color) =>
        svg.Element("rect", $"""x="{x}" y="{y}" width="{width}" height="{BarHeight}" fill="{color}" """);
}

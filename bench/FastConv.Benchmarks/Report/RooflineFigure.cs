using FastConv.Cli.Curves;

namespace FastConv.Benchmarks.Report;

/// <summary>
/// Arithmetic intensity against achieved speed, under the roof of the copy and multiply-add ceilings: min(intensity * bandwidth, limit). Both
/// axes are logarithmic. Source: Williams, Waterman and Patterson, "Roofline: an insightful visual performance model" (2009).
/// </summary>
internal static class RooflineFigure
{
    private const double Width = 960;
    private const double Height = 560;
    private const double Left = 76;
    private const double Right = 930;
    private const double Top = 92;
    private const double Bottom = 492;
    private const double LegendY = 54;

    // Room above the roof, where Winograd's speeds of the direct method go.
    private const double Headroom = 1.4;

    /// <summary>The picture.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="points">At least one.</param>
    /// <param name="gflops">The multiply-add ceiling.</param>
    /// <param name="gbs">The copy ceiling.</param>
    public static string Draw(string title, IReadOnlyList<RooflinePoint> points, double gflops, double gbs)
    {
        double ridge = gflops / gbs;
        var across = new LogAxis(
            Math.Min(points.Min(point => point.Intensity), ridge / 4), Math.Max(points.Max(point => point.Intensity), ridge * 4), Left, Right);
        var up = new LogAxis(
            Math.Min(points.Min(point => point.Gflops), across.Low * gbs), Math.Max(points.Max(point => point.Gflops), gflops * Headroom), Bottom, Top);
        Series[] all = Series.Create(points.Select(point => point.Pass));
        var svg = new SvgText();
        FigureFrame.Open(svg, Width, Height);
        svg.Text(title, $"""class="title" x="{Left}" y="28" """);
        Series.DrawLegend(svg, all, Left + 6, LegendY, (series, x, y) => series.DrawPoint(svg, x, y));
        DrawGrid(svg, across, up);
        foreach (RooflinePoint point in points)
        {
            all.First(series => series.Name == point.Pass).DrawPoint(svg, across.Place(point.Intensity), up.Place(point.Gflops));
        }

        DrawRoof(svg, across, up, ridge, gflops, gbs);
        svg.Close("svg");
        return svg.ToString();
    }

    private static void DrawGrid(SvgText svg, LogAxis across, LogAxis up)
    {
        foreach (double tick in across.Ticks)
        {
            double x = across.Place(tick);
            svg.Element("line", $"""class="grid" x1="{x}" y1="{Top}" x2="{x}" y2="{Bottom}" """);
            svg.Text(SvgText.Number(tick), $"""x="{x}" y="{Bottom + 20}" text-anchor="middle" """);
        }

        foreach (double tick in up.Ticks)
        {
            double y = up.Place(tick);
            svg.Element("line", $"""class="grid" x1="{Left}" y1="{y}" x2="{Right}" y2="{y}" """);
            svg.Text(SvgText.Number(tick), $"""x="{Left - 8}" y="{y + 4.5}" text-anchor="end" """);
        }

        svg.Text("floating-point operations of the direct method a byte", $"""x="{(Left + Right) / 2}" y="{Bottom + 44}" text-anchor="middle" """);
        svg.Text("GFLOP/s", $"""x="{Left}" y="{Top - 12}" text-anchor="end" """);
    }

    private static void DrawRoof(SvgText svg, LogAxis across, LogAxis up, double ridge, double gflops, double gbs)
    {
        double x = across.Place(ridge);
        double y = up.Place(gflops);
        double startX = across.Place(across.Low);
        double startY = up.Place(across.Low * gbs);
        svg.Element("polyline", $"""class="curve" points="{startX},{startY} {x},{y} {Right},{y}" stroke="#7b848f" stroke-width="2.5" """);

        // In the line of the legend, since shapes may lie anywhere around the roof.
        string ceilings = $"roof: copy {SvgText.Number(Math.Round(gbs, 1))} GB/s, multiply-adds {SvgText.Number(Math.Round(gflops))} GFLOP/s";
        svg.Text(ceilings, $"""x="{Right}" y="{LegendY + 4.5}" text-anchor="end" """);
    }
}

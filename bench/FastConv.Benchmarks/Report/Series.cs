using FastConv.Cli.Curves;

namespace FastConv.Benchmarks.Report;

/// <summary>
/// How the points and bars of one kind are drawn. Colours are of middle lightness, for white and black grounds, and differ for eyes that do not tell red
/// from green; points differ by their forms too.
/// </summary>
/// <param name="Name">In the legend.</param>
/// <param name="Index">Chooses colour and form.</param>
internal sealed record Series(string Name, int Index)
{
    private const double Radius = 3.4;

    // In the order of forms: circle, square, triangle, diamond.
    private static readonly string[] Colors = ["#3d8bfd", "#ec7a1c", "#2aa198", "#c264a8"];

    public string Color => Colors[Index % Colors.Length];

    /// <summary>As many as there are names, in their order.</summary>
    public static Series[] Create(IEnumerable<string> names) => [.. names.Distinct().Select((name, index) => new Series(name, index))];

    public void DrawPoint(SvgText svg, double x, double y)
    {
        switch (Index % Colors.Length)
        {
            case 0:
                svg.Element("circle", $"""cx="{x}" cy="{y}" r="{Radius}" fill="{Color}" fill-opacity=".8" """);
                break;
            case 1:
                svg.Element("rect", $"""x="{x - Radius}" y="{y - Radius}" width="{2 * Radius}" height="{2 * Radius}" fill="{Color}" fill-opacity=".8" """);
                break;
            case 2:
                svg.Element("path", $"""d="M{x} {y - 1.2 * Radius} l{1.2 * Radius} {2.1 * Radius} h{-2.4 * Radius} z" fill="{Color}" fill-opacity=".8" """);
                break;
            default:
                svg.Element("path", $"""d="M{x} {y - 1.4 * Radius} l{1.4 * Radius} {1.4 * Radius} l{-1.4 * Radius} {1.4 * Radius} l{-1.4 * Radius} {-1.4 * Radius} z" fill="{Color}" fill-opacity=".8" """);
                break;
        }
    }

    /// <summary>Names side by side, behind what <paramref name="sample"/> draws around a point.</summary>
    public static void DrawLegend(SvgText svg, IEnumerable<Series> all, double left, double y, Action<Series, double, double> sample)
    {
        const double PerLetter = 7.2;
        const double Gap = 36;
        foreach (Series series in all)
        {
            sample(series, left, y);
            svg.Text(series.Name, $"""x="{left + 10}" y="{y + 4.5}" """);
            left += series.Name.Length * PerLetter + Gap;
        }
    }
}

using System.Globalization;
using FastConv.Cli.Curves;

namespace FastConv.Cli.Page;

/// <summary>
/// A confusion matrix as a picture: a row a class, a column for what it was taken for; each cell with how many samples and which share of its
/// row. Colours come from the page's style: classes <c>hit</c> and <c>miss</c>, the denser the larger the share.
/// </summary>
internal static class MatrixFigure
{
    private const double Wanted = 620;
    private const double SmallestCell = 12;
    private const double LargestCell = 96;
    private const double SmallestWithCount = 26;
    private const double SmallestWithShare = 46;
    private const int LongestName = 14;
    private const double Letter = 7.4;
    private const double Head = 26;

    // Above it a cell is so dense that its text takes the ground's colour.
    private const double DenseFrom = 0.55;

    public static string Draw(int[][] confusion, IReadOnlyList<string> names)
    {
        int classes = confusion.Length;
        double cell = Math.Clamp(Wanted / classes, SmallestCell, LargestCell);
        string[] labels = [.. names.Select(name => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…")];
        double label = labels.Max(name => name.Length) * Letter + 14;
        bool upright = labels.Max(name => name.Length) * Letter < cell;
        double left = Head + label;
        double top = Head + (upright ? 22 : label);
        (double width, double height) = (left + cell * classes + 2, top + cell * classes + 2);
        var svg = new SvgText();
        svg.Open("svg", $"""xmlns="http://www.w3.org/2000/svg" class="matrix" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="matrix-title" """);
        svg.Text("taken for", $"""class="axis" x="{left + cell * classes / 2}" y="14" text-anchor="middle" """);
        double middle = top + cell * classes / 2;
        svg.Text("is", $"""class="axis" x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})" """);
        for (int index = 0; index < classes; index++)
        {
            double center = (index + 0.5) * cell;
            svg.Text(labels[index], $"""class="name" x="{left - 8}" y="{top + center + 4.5}" text-anchor="end" """);
            (double x, double y) = (left + center, top - 8);
            if (upright)
            {
                svg.Text(labels[index], $"""class="name" x="{x}" y="{y}" text-anchor="middle" """);
            }
            else
            {
                svg.Text(labels[index], $"""class="name" x="{x + 4.5}" y="{y}" transform="rotate(-90 {x + 4.5} {y})" """);
            }

            DrawRow(svg, confusion[index], index, names, left, top + index * cell, cell);
        }

        svg.Close("svg");
        return svg.ToString();
    }

    private static void DrawRow(SvgText svg, int[] row, int label, IReadOnlyList<string> names, double left, double top, double cell)
    {
        double total = row.Sum();
        for (int column = 0; column < row.Length; column++)
        {
            double share = total > 0 ? row[column] / total : 0;
            bool isHit = column == label;

            // Errors are rare: their root keeps one in a hundred visible.
            double density = isHit ? share : Math.Sqrt(share);
            double x = left + column * cell;
            svg.Open("g", $"""class="{(isHit ? "hit" : "miss")}{(density >= DenseFrom ? " dense" : "")}" """);
            svg.Tooltip(string.Create(CultureInfo.InvariantCulture, $"{names[label]} taken for {names[column]}: {row[column]:N0} of {total:N0} ({share:P1})"));
            svg.Element("rect", $"""class="ground" x="{x + 1}" y="{top + 1}" width="{cell - 2}" height="{cell - 2}" rx="3" """);
            svg.Element("rect", $"""class="share" x="{x + 1}" y="{top + 1}" width="{cell - 2}" height="{cell - 2}" rx="3" fill-opacity="{density}" """);
            if (cell >= SmallestWithCount && row[column] > 0)
            {
                bool withShare = cell >= SmallestWithShare;
                double middle = top + cell / 2;
                svg.Text(row[column].ToString("N0", CultureInfo.InvariantCulture), $"""class="count" x="{x + cell / 2}" y="{middle + (withShare ? -1 : 4)}" text-anchor="middle" """);
                if (withShare)
                {
                    svg.Text(string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %"), $"""class="part" x="{x + cell / 2}" y="{middle + 14}" text-anchor="middle" """);
                }
            }

            svg.Close("g");
        }
    }
}

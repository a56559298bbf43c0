using System.Globalization;

namespace FastConv.Cli.Commands;

/// <summary>A confusion matrix as text: a row a class, a column for what it was taken for.</summary>
internal static class ConfusionText
{
    private const int LongestName = 12;

    public static string Table(int[][] confusion, IReadOnlyList<string> names)
    {
        string[] labels = [.. names.Select(name => name.Length <= LongestName ? name : name[..LongestName])];
        int left = Math.Max("is \\ taken for".Length, labels.Max(label => label.Length));
        int[] widths = [.. labels.Select((label, column) => Math.Max(label.Length, confusion.Max(row => Count(row[column]).Length)))];
        IEnumerable<string> rows = confusion.Select((row, index) => Line(labels[index], row.Select(Count)));
        return string.Join('\n', [Line("is \\ taken for", labels), .. rows]);

        string Line(string head, IEnumerable<string> cells) => $"{head.PadRight(left)}  {string.Join("  ", cells.Select((cell, column) => cell.PadLeft(widths[column])))}";
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}

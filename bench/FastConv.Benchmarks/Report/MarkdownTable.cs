using System.Globalization;
using System.Text;

namespace FastConv.Benchmarks.Report;

/// <summary>A table whose first columns are texts and whose others are figures, on the right.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    /// <param name="texts">Columns on the left.</param>
    /// <param name="columns">Names of all columns.</param>
    public MarkdownTable(int texts, params string[] columns)
    {
        Add(columns);
        Add([.. columns.Select((_, index) => index < texts ? "---" : "---:")]);
    }

    /// <summary>A row. An asterisk stays one: the names of shapes have them.</summary>
    public void Add(params string[] cells) =>
        _text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("*", "\\*", StringComparison.Ordinal))).Append(" |\n");

    public override string ToString() => _text.ToString();

    /// <summary>The cells of one comparison.</summary>
    public static string[] Comparison(int batch, int threads, double? ratio, double? medianRatio) =>
        [$"{batch}", $"{threads}", Number(ratio, 2), Number(medianRatio, 2)];

    /// <summary>Empty for none.</summary>
    public static string Number(double? value, int decimals) => value?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Empty for none.</summary>
    public static string Percent(double? share) => share is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");
}

using FastConv.Tests.Cases;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FastConv.Tests.Architecture;

/// <summary>The table of docs/architecture.md that says which folder may use which: level | folder | holds | may use.</summary>
internal sealed partial class ArrowTable
{
    private readonly Dictionary<string, Row> _rows;

    private ArrowTable(Dictionary<string, Row> rows) => _rows = rows;

    public IReadOnlyCollection<string> Folders => _rows.Keys;

    public static ArrowTable Read() => Parse(File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "architecture.md")));

    public static ArrowTable Parse(IEnumerable<string> lines)
    {
        var rows = new Dictionary<string, Row>();
        string[][] cells =
        [
            .. lines.SkipWhile(line => !line.StartsWith("| level | folder | holds | may use |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        foreach (string[] row in cells)
        {
            Assert.Equal(4, row.Length);
            rows.Add(Assert.Single(Quoted(row[1])), new Row(int.Parse(row[0], CultureInfo.InvariantCulture), row[3]));
        }

        Assert.NotEmpty(rows);
        return new ArrowTable(rows);
    }

    public int Level(string folder) => _rows[folder].Level;

    /// <summary>The folders that this one may use, itself not among them.</summary>
    public IReadOnlyCollection<string> MayUse(string folder)
    {
        string allowed = _rows[folder].MayUse;
        Match below = LevelAndBelow().Match(allowed);
        if (below.Success)
        {
            int level = int.Parse(below.Groups[1].Value, CultureInfo.InvariantCulture);
            return [.. _rows.Where(row => row.Value.Level <= level).Select(row => row.Key)];
        }

        string[] named = Quoted(allowed);
        Assert.True(named.Length > 0 || allowed == "nothing", $"the row of {folder} says neither folders nor 'nothing': {allowed}");
        return named;
    }

    private static string[] Quoted(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^level (\\d+) and below$")]
    private static partial Regex LevelAndBelow();

    private sealed record Row(int Level, string MayUse);
}

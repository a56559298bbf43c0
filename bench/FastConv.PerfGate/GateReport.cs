using System.Text;
using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate;

/// <summary>The table on standard output, a line as soon as it is known, and the files.</summary>
internal sealed class GateReport
{
    private readonly RowsFile<GateRow> _json;
    private readonly string? _markdownPath;
    private readonly List<GateRow> _rows = [];
    private readonly List<string> _notes = [];

    /// <exception cref="IOException">A file cannot be written.</exception>
    public GateReport(GateOptions options)
    {
        _json = new RowsFile<GateRow>(options.JsonPath, GateRowJson.Default.ListGateRow);
        _markdownPath = options.MarkdownPath;
        WriteMarkdown();
    }

    private IEnumerable<GateRow> Fallen => _rows.Where(row => row.Reason is not null);

    public static void Begin(string layer)
    {
        Console.WriteLine();
        Console.WriteLine($"{layer,-56} {"floor",-37} {"now",-37} verdict");
    }

    public void Note(string line)
    {
        _notes.Add(line);
        Console.WriteLine(line);
    }

    public void Add(GateRow row)
    {
        _rows.Add(row);
        _json.Add(row);
        Console.WriteLine($"{row.Kernel,-56} {row.Floor,-37} {row.Now,-37} {row.Verdict}");
        Console.Out.Flush();
    }

    /// <summary>Writes the files and names what regressed; exit code 1 if anything has.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public int End()
    {
        _json.Write();
        WriteMarkdown();
        Console.WriteLine();
        foreach (GateRow row in Fallen)
        {
            Console.Error.WriteLine($"regressed: {row.Layer}, {row.Kernel}: {row.Reason}");
        }

        int fallen = Fallen.Count();
        Console.WriteLine(fallen == 0 ? $"{_rows.Count} rows pass" : $"{fallen} of {_rows.Count} rows regressed");
        return fallen == 0 ? 0 : 1;
    }

    private void WriteMarkdown()
    {
        if (_markdownPath is null)
        {
            return;
        }

        var text = new StringBuilder();
        text.Append($"**{Fallen.Count()} of {_rows.Count} rows regressed.**\n\n");
        _notes.ForEach(note => text.Append($"- {note}\n"));
        text.Append("\n| layer | kernel | floor | now | verdict |\n|---|---|---|---|---|\n");
        foreach (GateRow row in Fallen.Concat(_rows.Where(row => row.Reason is null)))
        {
            text.Append($"| {row.Layer} | {row.Kernel} | {row.Floor} | {row.Now} | {row.Verdict}{(row.Reason is null ? "" : ": " + row.Reason)} |\n");
        }

        File.WriteAllText(_markdownPath, text.ToString());
    }
}

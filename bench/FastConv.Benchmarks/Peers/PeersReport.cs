using System.Globalization;
using System.Text.Json;

namespace FastConv.Benchmarks.Peers;

/// <summary>The table on standard output, a line as soon as it is measured, and the file, rewritten after every group.</summary>
internal sealed class PeersReport
{
    private const int WorstShown = 10;

    private readonly string? _jsonPath;
    private readonly List<PeerRow> _rows = [];
    private readonly List<string> _summary = [];

    /// <exception cref="IOException">The file cannot be written.</exception>
    public PeersReport(string? jsonPath)
    {
        _jsonPath = jsonPath;
        WriteJson();
    }

    public static void Begin(PeersGroup group)
    {
        Console.WriteLine();
        Console.WriteLine(group);
        Console.WriteLine(
            $"{"set",-20} {"name",-30} {"pass",-15} {"thr",3} {"batch",5} {"peer",-8} "
            + $"{"FastConv",9} {"median",7} {"peer",9} {"median",7} {"ratio",7} {"median",7} {"limit",6} {"others",6} {"bare",7} {"ratio",7}");
    }

    public void Add(PeerRow row)
    {
        _rows.Add(row);
        if (row.Set != GemmSets.Small)
        {
            Print(row);
        }
    }

    public void End(PeersGroup group, IReadOnlyList<PeerRow> rows)
    {
        WriteJson();
        if (rows is [])
        {
            return;
        }

        PeerRow[] worstFirst = [.. rows.OrderBy(row => row.Ratio)];
        if (rows[0].Set == GemmSets.Small)
        {
            Array.ForEach(worstFirst[..Math.Min(WorstShown, worstFirst.Length)], Print);
        }

        string bare = rows[0].RatioNoReorder is null ? "" : Text($", bare {GeometricMean(rows.Select(row => row.RatioNoReorder!.Value)):F3}");
        double best = GeometricMean(rows.Select(row => row.Ratio));
        double median = GeometricMean(rows.Select(row => row.MedianRatio));
        string means = Text($"ratio {best:F3}, of medians {median:F3}{bare}");
        string worst = Text($"worst {worstFirst[0].Name} {worstFirst[0].Ratio:F3}; {rows.Count(row => row.Ratio < 1)} of {rows.Count} below 1");
        string line = $"{group}: {means}; {worst}";
        Console.WriteLine(line);
        _summary.Add(line);
    }

    public void PrintSummary()
    {
        Console.WriteLine();
        Console.WriteLine("geometric means, FastConv over peer");
        _summary.ForEach(Console.WriteLine);
    }

    private static void Print(PeerRow row)
    {
        string bare = row.PeerNoReorderGflops is null ? "" : Text($" {row.PeerNoReorderGflops,7:F1} {row.RatioNoReorder,7:F3}");
        string workload = Text($"{row.Set,-20} {row.Name,-30} {row.Pass,-15} {row.Threads,3} {row.Batch,5} {row.Peer,-8}");
        string speeds = Text($"{row.FastconvGflops,9:F1} {row.FastconvMedianGflops,7:F1} {row.PeerGflops,9:F1} {row.PeerMedianGflops,7:F1}");
        string ratios = Text($"{row.Ratio,7:F3} {row.MedianRatio,7:F3} {row.LimitShare,6:P0} {row.OtherCores,6:F2}");
        Console.WriteLine($"{workload} {speeds} {ratios}{bare}");
        Console.Out.Flush();
    }

    // Written beside it and moved, so that the file is whole at any time.
    private void WriteJson()
    {
        if (_jsonPath is null)
        {
            return;
        }

        string next = _jsonPath + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(_rows, PeerRowJson.Default.ListPeerRow));
        File.Move(next, _jsonPath, overwrite: true);
    }

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

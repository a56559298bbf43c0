using System.Globalization;

namespace FastConv.Benchmarks.Peers;

/// <summary>The table on standard output, a line as soon as it is measured, and the file, rewritten after every group.</summary>
internal sealed class PeersReport
{
    private const int WorstShown = 10;

    private readonly RowsFile<PeerRow> _file;
    private readonly List<string> _summary = [];

    /// <exception cref="IOException">The file cannot be written.</exception>
    public PeersReport(string? jsonPath) => _file = new RowsFile<PeerRow>(jsonPath, PeerRowJson.Default.ListPeerRow);

    public static void Begin(PeersGroup group)
    {
        Console.WriteLine();
        Console.WriteLine(group);
        Console.WriteLine(
            $"{"set",-20} {"name",-30} {"pass",-15} {"algorithm",-12} {"thr",3} {"batch",5} {"peer",-8} "
            + $"{"FastConv",9} {"median",7} {"peer",9} {"median",7} {"ratio",7} {"median",7} {"limit",6} {"others",6} {"kept",7} {"bare",7} {"ratio",7}");
    }

    public void Add(PeerRow row)
    {
        _file.Add(row);
        if (row.Set != GemmSets.Small)
        {
            Print(row);
        }
    }

    public void End(PeersGroup group, IReadOnlyList<PeerRow> rows)
    {
        _file.Write();
        if (rows is [])
        {
            return;
        }

        PeerRow[] worstFirst = [.. rows.OrderBy(row => row.Ratio)];
        if (rows[0].Set == GemmSets.Small)
        {
            Array.ForEach(worstFirst[..Math.Min(WorstShown, worstFirst.Length)], Print);
        }

        string bare = rows[0].RatioNoReorder is null ? "" : Text($", bare {Ratios.GeometricMean(rows.Select(row => row.RatioNoReorder!.Value)):F3}");
        double best = Ratios.GeometricMean(rows.Select(row => row.Ratio));
        double median = Ratios.GeometricMean(rows.Select(row => row.MedianRatio));
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
        string bare = row.PeerNoReorderGflops is null ? "" : Text($" {row.FastconvKeptGflops,7:F1} {row.PeerNoReorderGflops,7:F1} {row.RatioNoReorder,7:F3}");
        string workload = Text($"{row.Set,-20} {row.Name,-30} {row.Pass,-15} {row.Algorithm,-12} {row.Threads,3} {row.Batch,5} {row.Peer,-8}");
        string speeds = Text($"{row.FastconvGflops,9:F1} {row.FastconvMedianGflops,7:F1} {row.PeerGflops,9:F1} {row.PeerMedianGflops,7:F1}");
        string ratios = Text($"{row.Ratio,7:F3} {row.MedianRatio,7:F3} {row.LimitShare,6:P0} {row.OtherCores,6:F2}");
        Console.WriteLine($"{workload} {speeds} {ratios}{bare}");
        Console.Out.Flush();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>The table on standard output, a line as soon as it is measured, and the file, rewritten after every group.</summary>
/// <param name="jsonPath">Null for no file.</param>
internal sealed class StepsReport(string? jsonPath)
{
    private readonly RowsFile<StepRow> _file = new(jsonPath, StepRowJson.Default.ListStepRow);
    private readonly List<string> _summary = [];

    public static void Begin(StepsGroup group)
    {
        Console.WriteLine();
        Console.WriteLine(group);
        Console.WriteLine(
            $"{"kind",-7} {"name",-26} {"pass",-8} {"thr",3} {"batch",5} {"peer",-11} "
            + $"{"FastConv",10} {"median",10} {"peer ms",10} {"median",10} {"ratio",7} {"median",7} {"copy",6} {"rounds",6} {"others",6}");
    }

    public void Add(StepRow row)
    {
        _file.Add(row);
        string place = Text($"{row.Kind,-7} {row.Name,-26} {row.Pass,-8} {row.Threads,3} {row.Batch,5} {row.Peer,-11}");
        string times = Text($"{row.FastconvMs,10:F4} {row.FastconvMedianMs,10:F4} {row.PeerMs,10:F4} {row.PeerMedianMs,10:F4}");
        string ratios = Text($"{row.Ratio,7:F2} {row.MedianRatio,7:F2} {row.ShareOfCopy,6:P0} {row.Rounds,6} {row.OtherCores,6:F2}");
        Console.WriteLine($"{place} {times} {ratios}");
        if (row.FastconvPeakMb is not null)
        {
            string peer = row.PeerPeakMb is null ? "" : Text($", {row.Peer} {row.PeerPeakMb:F0} MB");
            Console.WriteLine(Text($"        peak resident memory of a process that does only this: FastConv {row.FastconvPeakMb:F0} MB{peer}"));
        }

        Console.Out.Flush();
    }

    public void End(StepsGroup group, IReadOnlyList<StepRow> rows)
    {
        _file.Write();
        StepRow[] worstFirst = [.. rows.Where(row => row.Ratio is not null).OrderBy(row => row.Ratio)];
        if (worstFirst is not [var worst, ..])
        {
            return;
        }

        double best = Ratios.GeometricMean(worstFirst.Select(row => row.Ratio!.Value));
        double median = Ratios.GeometricMean(worstFirst.Select(row => row.MedianRatio!.Value));
        string name = Text($"worst {worst.Name} {worst.Pass}, batch {worst.Batch}: {worst.Ratio:F2}");
        string line = Text($"{group}: ratio {best:F2}, of medians {median:F2}; {name}; {worstFirst.Count(row => row.Ratio < 1)} of {rows.Count} below 1");
        Console.WriteLine(line);
        _summary.Add(line);
    }

    public void PrintSummary()
    {
        Console.WriteLine();
        if (_summary is not [])
        {
            Console.WriteLine("geometric means, the peer's time over FastConv's");
            _summary.ForEach(Console.WriteLine);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

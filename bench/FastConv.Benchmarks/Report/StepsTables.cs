using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Report;

/// <summary>Operations beside the copy ceiling, steps and predictions beside a peer.</summary>
internal static class StepsTables
{
    public static string Ops(IEnumerable<StepRow> rows)
    {
        var table = new MarkdownTable(
            3, "operation", "pass", "peer", "batch", "threads", "ratio", "of medians", "ms", "share of the copy ceiling", "ceiling, GB/s");
        foreach (StepRow row in rows)
        {
            table.Add(
            [
                row.Name,
                row.Pass,
                row.Peer,
                .. MarkdownTable.Comparison(row.Batch, row.Threads, row.Ratio, row.MedianRatio),
                MarkdownTable.Number(row.FastconvMs, 3),
                MarkdownTable.Percent(row.ShareOfCopy),
                MarkdownTable.Number(row.CopyGbs, 1),
            ]);
        }

        return table.ToString();
    }

    /// <summary>Ratios alone: a network has no limit of its own to stand beside its time.</summary>
    public static string Networks(IEnumerable<StepRow> rows)
    {
        var table = new MarkdownTable(2, "network", "peer", "batch", "threads", "ratio", "of medians", "memory, peer over FastConv");
        foreach (StepRow row in rows)
        {
            table.Add(
            [
                row.Name,
                row.Peer,
                .. MarkdownTable.Comparison(row.Batch, row.Threads, row.Ratio, row.MedianRatio),
                MarkdownTable.Number(row.PeerPeakMb / row.FastconvPeakMb, 2),
            ]);
        }

        return $"{table}\n{Means(rows)}\n";
    }

    private static string Means(IEnumerable<StepRow> rows) => string.Join("; ",
        from row in rows
        where row.Ratio is not null
        group row.Ratio!.Value by (row.Peer, row.Threads) into ratios
        select $"geometric mean over {ratios.Key.Peer}, {ratios.Key.Threads} thread{(ratios.Key.Threads == 1 ? "" : "s")}: "
            + MarkdownTable.Number(Ratios.GeometricMean(ratios), 2)) is { Length: > 0 } means ? $"{char.ToUpperInvariant(means[0])}{means[1..]}." : "";
}

using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Report;

/// <summary>Convolutions and products: a line a set, pass, peer and number of threads, and one a shape.</summary>
internal static class PeersTables
{
    private const int WorstOfMany = 10;

    public static string Sets(IEnumerable<PeerRow> rows)
    {
        var table = new MarkdownTable(
            3, "set", "pass", "peer", "threads", "shapes", "ratio, geometric mean", "of medians", "lowest", "below 1", "on the peer's own layout", "share of the limit");
        foreach (IReadOnlyList<PeerRow> group in Groups(rows))
        {
            PeerRow worst = group.MinBy(row => row.Ratio)!;
            table.Add(
                worst.Set,
                worst.Pass,
                worst.Peer,
                $"{worst.Threads}",
                $"{group.Count}",
                MarkdownTable.Number(Ratios.GeometricMean(group.Select(row => row.Ratio)), 2),
                MarkdownTable.Number(Ratios.GeometricMean(group.Select(row => row.MedianRatio)), 2),
                $"{MarkdownTable.Number(worst.Ratio, 2)} ({worst.Name})",
                $"{group.Count(row => row.Ratio < 1)}",
                Bare(group),
                MarkdownTable.Percent(Ratios.GeometricMean(group.Select(row => row.LimitShare))));
        }

        return table.ToString();
    }

    /// <summary>A table a set, folded; of the set of small products the lowest ratios.</summary>
    public static string Shapes(IEnumerable<PeerRow> rows) => string.Join('\n', rows.GroupBy(row => row.Set).Select(set =>
    {
        bool isMany = set.Key == GemmSets.Small;
        var table = new MarkdownTable(
            4, "shape", "pass", "algorithm", "peer", "batch", "threads", "ratio", "of medians", "on the peer's own layout", "GFLOP/s", "limit", "share of it");
        foreach (PeerRow row in isMany ? set.OrderBy(row => row.Ratio).Take(WorstOfMany) : set)
        {
            table.Add(
            [
                row.Name,
                row.Pass,
                row.Algorithm,
                row.Peer,
                .. MarkdownTable.Comparison(row.Batch, row.Threads, row.Ratio, row.MedianRatio),
                MarkdownTable.Number(row.RatioNoReorder, 2),
                MarkdownTable.Number(row.FastconvGflops, 1),
                MarkdownTable.Number(row.LimitGflops, 1),
                MarkdownTable.Percent(row.LimitShare),
            ]);
        }

        return $"<details><summary>{set.Key}{(isMany ? ", the lowest" : "")}</summary>\n\n{table}\n</details>\n";
    }));

    /// <summary>Rows of one set, pass, peer and number of threads.</summary>
    public static IEnumerable<IReadOnlyList<PeerRow>> Groups(IEnumerable<PeerRow> rows) =>
        rows.GroupBy(row => (row.Set, row.Pass, row.Peer, row.Threads)).Select(group => group.ToList());

    // Where the peer likes a layout that is not NCHW.
    private static string Bare(IReadOnlyList<PeerRow> group) =>
        group.All(row => row.RatioNoReorder is not null) ? MarkdownTable.Number(Ratios.GeometricMean(group.Select(row => row.RatioNoReorder!.Value)), 2) : "";
}

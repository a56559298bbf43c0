using FastConv.Benchmarks.Scaling;

namespace FastConv.Benchmarks.Report;

/// <summary>Speed-up by threads as measured, and as the model continues it.</summary>
internal static class ScalingTables
{
    public static string Measured(IEnumerable<ScalingRow> rows)
    {
        var table = new MarkdownTable(2, "kind", "workload", "threads", "speed-up", "efficiency", "share of the FMA limit", "share of the copy ceiling");
        foreach (ScalingRow row in rows.Where(row => row.Source == ScalingRow.Measured))
        {
            table.Add(
                row.Kind,
                row.Workload,
                $"{row.Threads}",
                MarkdownTable.Number(row.SpeedUp, 2),
                MarkdownTable.Percent(row.Efficiency),
                MarkdownTable.Percent(row.ShareOfFma),
                MarkdownTable.Percent(row.MemoryShare));
        }

        return table.ToString();
    }

    /// <summary>A line a workload; speed-ups that memory bounds are marked.</summary>
    public static string Model(IEnumerable<ScalingRow> rows)
    {
        ScalingRow[] predictions = [.. rows.Where(row => row.Source == ScalingRow.Model)];
        int[] cores = [.. predictions.Select(row => row.Threads).Distinct().Order()];
        var table = new MarkdownTable(2, ["kind", "workload", "serial share", .. cores.Select(count => $"{count} cores")]);
        foreach (var workload in predictions.GroupBy(row => (row.Kind, row.Workload, row.SerialShare)))
        {
            table.Add(
            [
                workload.Key.Kind,
                workload.Key.Workload,
                MarkdownTable.Percent(workload.Key.SerialShare),
                .. cores.Select(count => workload.FirstOrDefault(row => row.Threads == count) is { } row ? Cell(row) : ""),
            ]);
        }

        return table.ToString();
    }

    private static string Cell(ScalingRow row) => MarkdownTable.Number(row.SpeedUp, 1) + (row.IsBoundByMemory == true ? " m" : "");
}

using System.Globalization;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Scaling;

/// <summary>The table on standard output, predictions marked as such, and the file, rewritten after every workload.</summary>
/// <param name="jsonPath">Null for no file.</param>
internal sealed class ScalingReport(string? jsonPath)
{
    private readonly RowsFile<ScalingRow> _file = new(jsonPath, ScalingRowJson.Default.ListScalingRow);

    public static void Begin() => Console.WriteLine(
        $"{"kind",-5} {"workload",-56} {"threads",8} {"ms",10} {"median",10} {"speed-up",8} {"effic.",6} {"FMA",5} {"memory",6} {"others",6}");

    public void Add(IReadOnlyList<ScalingRow> rows)
    {
        foreach (ScalingRow row in rows)
        {
            _file.Add(row);
            Console.WriteLine(Line(row));
        }

        _file.Write();
        Console.Out.Flush();
    }

    public static void End() => Console.WriteLine(
        """

        memory: the time of a copy of the bytes that must move, on all threads, over the time of the row.
        model:  no measurement. t(p) = max(t(1) (s + (1 - s) / p), bytes / copy ceiling), s fitted to the measured times by least squares;
                the second term only for what the second-level caches do not hold, and at the ceiling of this machine.
        """);

    private static string Line(ScalingRow row)
    {
        string times = Text($"{row.Ms,10:F4} {row.MedianMs,10:F4} {row.SpeedUp,8:F2} {row.Efficiency,6:P0} {row.ShareOfFma,5:P0} {row.MemoryShare,6:P0}");
        string end = row.Source == ScalingRow.Measured
            ? Text($"{row.Threads,8} {times} {row.OtherCores,6:F2}")
            : Text($"{row.Threads,8} {times}        model, s = {row.SerialShare:F3}{(row.IsBoundByMemory == true ? ", bound by memory" : "")}");
        return $"{row.Kind,-5} {row.Workload,-56} {end}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

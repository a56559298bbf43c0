using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FastConv.Benchmarks.Suites;

/// <summary>A column that is made of the mean time of a benchmark and of what its process said of its work.</summary>
internal sealed class WorkColumn : IColumn
{
    private readonly Func<CallWork, double, string> _text;

    private WorkColumn(string name, string legend, int priority, Func<CallWork, double, string> text) =>
        (ColumnName, Legend, PriorityInCategory, _text) = (name, legend, priority, text);

    /// <summary>Speed, limit and the share of one in the other.</summary>
    public static IColumn[] All { get; } =
    [
        new WorkColumn(
            "Speed",
            "Multiply-adds times two (of the direct method), or bytes that must be read and written, over the mean time",
            priority: 0,
            (work, seconds) => work.Speed(work.Amount / seconds)),
        new WorkColumn(
            "Limit",
            "The loop of register-only multiply-adds, or the large copy, in the same process on the same threads",
            priority: 1,
            (work, _) => work.Speed(work.Limit)),
        new WorkColumn(
            "Of limit",
            "Speed over limit; more than 100 % where data comes from the caches or a method saves multiplications",
            priority: 2,
            (work, seconds) => (work.Amount / seconds / work.Limit).ToString("P1", CultureInfo.InvariantCulture)),
    ];

    public string Id => $"{nameof(WorkColumn)}.{ColumnName}";

    public string ColumnName { get; }

    public string Legend { get; }

    public int PriorityInCategory { get; }

    public ColumnCategory Category => ColumnCategory.Custom;

    public bool AlwaysShow => true;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary[benchmarkCase] is { ResultStatistics: { } times } report && WorkOf(report) is { } work ? _text(work, times.Mean / 1e9) : "?";

    private static CallWork? WorkOf(BenchmarkReport report) =>
        report.ExecuteResults.SelectMany(result => result.StandardOutput).Select(CallWork.FromLine).LastOrDefault(work => work is not null);
}

using FastConv.Counters;
using FastConv.Parallelism;

namespace FastConv.PerfGate.Work;

/// <summary>Jobs, products, packed elements and transformed filters of a call are those of the formula: no operand is packed twice, no job is given out in vain.</summary>
internal sealed class WorkLayer : IGateLayer
{
    public string Name => "work";

    public IEnumerable<GateRow> Check(GateOptions options, Action<string> say) =>
        WorkCases.All().Where(work => options.Selects(work.Name)).Select(RowOf);

    public void Update(GateOptions options, Action<string> say)
    {
    }

    private GateRow RowOf(WorkCase work)
    {
        using ThreadLimitScope one = ThreadSettings.LimitTo(1);
        WorkCounters.IsOn = true;
        WorkCount start = WorkCounters.Total;
        work.Run();
        WorkCount now = WorkCounters.Total - start;
        return new GateRow(Name, work.Name, Text(work.Expected), Text(now), Reason(work.Expected, now));
    }

    private static string Text(WorkCount count) => string.Join(' ', Parts(count).Select(part => part.Count));

    private static string? Reason(WorkCount expected, WorkCount now)
    {
        string[] differences =
        [
            .. Parts(now).Zip(Parts(expected)).Where(pair => pair.First != pair.Second)
                .Select(pair => $"{pair.First.Count} {pair.First.What}, the formula says {pair.Second.Count}"),
        ];
        return differences is [] ? null : string.Join("; ", differences);
    }

    private static (string What, long Count)[] Parts(WorkCount count) =>
    [
        ("dispatches", count.Dispatches),
        ("products", count.Products),
        ("elements of A packed", count.PackedA),
        ("elements of B packed", count.PackedB),
        ("filters transformed", count.Filters),
    ];
}

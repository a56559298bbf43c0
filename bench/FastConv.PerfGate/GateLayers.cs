using FastConv.PerfGate.Allocation;
using FastConv.PerfGate.Code;
using FastConv.PerfGate.Speed;
using FastConv.PerfGate.Work;

namespace FastConv.PerfGate;

/// <summary>All layers, the cheapest first.</summary>
internal static class GateLayers
{
    public static IReadOnlyList<IGateLayer> All { get; } = [new CodeLayer(), new AllocationLayer(), new WorkLayer(), new SpeedLayer()];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(layer => layer.Name)];
}

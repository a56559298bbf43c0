using System.Globalization;

namespace FastConv.PerfGate.Allocation;

/// <summary>A call that has been made before with the same shapes allocates no managed memory, on any thread.</summary>
internal sealed class AllocationLayer : IGateLayer
{
    private const int WarmingCalls = 3;

    // The runtime allocates now and then, a call that allocates does so every time: the least of some attempts counts.
    private const int Attempts = 10;

    public string Name => "allocation";

    public IEnumerable<GateRow> Check(GateOptions options, Action<string> say) =>
        AllocationCase.All().Where(call => options.Selects(call.Name)).Select(RowOf);

    public void Update(GateOptions options, Action<string> say)
    {
    }

    private GateRow RowOf(AllocationCase call)
    {
        long bytes = Least(call.Prepare());
        string now = string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        return new GateRow(Name, call.Name, "0 bytes", now, bytes == 0 ? null : $"a warm call allocates {now}");
    }

    private static long Least(Action run)
    {
        for (int call = 0; call < WarmingCalls; call++)
        {
            run();
        }

        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            run();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}

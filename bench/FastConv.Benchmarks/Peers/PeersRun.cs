using FastConv.Parallelism;

namespace FastConv.Benchmarks.Peers;

/// <summary>Measures all groups of a plan.</summary>
internal sealed class PeersRun : IDisposable
{
    private readonly OpenPeers<IWorkloadPeer> _peers = new(PeersCommand.Verb, PeerNames.Open, PeerNames.PackageOf);
    private bool _failed;

    private PeersRun()
    {
    }

    /// <summary>Exit code 0; 1 if there is no peer, a result differs or a peer fails.</summary>
    /// <exception cref="ArgumentException">Nothing to measure.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static int Run(PeersOptions options)
    {
        IReadOnlyList<PeersGroup> groups = PeersPlan.Create(options);
        var report = new PeersReport(options.JsonPath);
        using var run = new PeersRun();
        groups = [.. groups.Where(group => run._peers.Find(group.Peer, group.Threads) is not null)];
        if (groups is [])
        {
            Console.Error.WriteLine("peers: none is left to compare with");
            return 1;
        }

        double? rowSeconds = options.Seconds / groups.Sum(group => group.Workloads.Count);
        foreach (PeersGroup group in groups)
        {
            run.Measure(group, rowSeconds, report);
        }

        report.PrintSummary();
        return run._failed ? 1 : 0;
    }

    public void Dispose() => _peers.Dispose();

    private void Measure(PeersGroup group, double? rowSeconds, PeersReport report)
    {
        PeersReport.Begin(group);
        if (group.Workloads[0].Set == GemmSets.Small)
        {
            WarmUpAll(group);
        }

        var rows = new List<PeerRow>();
        foreach (Workload workload in group.Workloads)
        {
            if (MeasureRow(group, workload, rowSeconds ?? workload.RowSeconds) is { } row)
            {
                rows.Add(row);
                report.Add(row);
            }
        }

        report.End(group, rows);
    }

    private PeerRow? MeasureRow(PeersGroup group, Workload workload, double seconds)
    {
        string place = $"{group}, {workload.Name}";
        try
        {
            PeerRow row = InterleavedMeasurement.Run(workload, _peers.Find(group.Peer, group.Threads)!, group.Threads, seconds, out string? mismatch);
            if (mismatch is not null)
            {
                Fail($"{place}: the results differ: {mismatch}");
            }

            return row;
        }
        catch (PeerException exception)
        {
            Fail($"{place}: {exception.Message}");
            return null;
        }
    }

    private void Fail(string message)
    {
        _failed = true;
        Console.Error.WriteLine($"peers: {message}");
    }

    private static void WarmUpAll(PeersGroup group)
    {
        ThreadSettings.MaxThreads = group.Threads;
        TieredWarmUp.Run(group.Workloads, (workload, calls) =>
        {
            using var operands = new Operands(workload);
            Turns.Time(() => workload.Run(operands), calls);
        });
    }
}

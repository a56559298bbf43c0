using FastConv.Benchmarks.Peers;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Steps;

/// <summary>Measures all groups of a plan.</summary>
internal sealed class StepsRun : IDisposable
{
    private const int SmallBytes = 4 << 20;

    private readonly OpenPeers<IStepPeer> _peers;
    private readonly CopyBandwidth _copy = new();
    private readonly StepsReport _report;
    private bool _failed;

    private StepsRun(StepsOptions options)
    {
        _report = new StepsReport(options.JsonPath);
        _peers = new OpenPeers<IStepPeer>(
            StepsCommand.Verb, (name, threads) => StepPeers.Open(name, threads, options.OnnxRuntimeFolder), StepPeers.PackageOf);
    }

    /// <summary>Exit code 0; 1 if a result differs or a peer fails. Where no peer is left, FastConv is measured by itself.</summary>
    /// <exception cref="ArgumentException">Nothing to measure.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static int Run(StepsOptions options)
    {
        IReadOnlyList<StepsGroup> groups = StepsPlan.Create(options);
        using var run = new StepsRun(options);
        StepsGroup[] measured = [.. groups.Where(run.IsPresent)];
        if (measured is [])
        {
            Console.Error.WriteLine($"{StepsCommand.Verb}: no peer is left to compare with; FastConv is measured by itself");
            measured = [.. StepsPlan.Create(options with { Peers = [StepPeers.Nobody] })];
        }

        double share = options.Seconds is { } seconds ? seconds / measured.Sum(group => group.Cases.Sum(step => step.RowSeconds)) : 1;
        foreach (StepsGroup group in measured)
        {
            run.Measure(group, share);
        }

        run._report.PrintSummary();
        return run._failed ? 1 : 0;
    }

    public void Dispose()
    {
        _peers.Dispose();
        _copy.Dispose();
    }

    private bool IsPresent(StepsGroup group) => group.Peer == StepPeers.Nobody || _peers.Find(group.Peer, group.Threads) is not null;

    private void Measure(StepsGroup group, double share)
    {
        StepsReport.Begin(group);
        WarmUpSmall(group);
        var rows = new List<StepRow>();
        foreach (StepCase step in group.Cases)
        {
            if (MeasureRow(group, step, share * step.RowSeconds) is { } row)
            {
                rows.Add(row);
                _report.Add(row);
            }
        }

        _report.End(group, rows);
    }

    // What runs on large tensors is the code that runs on small ones.
    private static void WarmUpSmall(StepsGroup group)
    {
        ThreadSettings.MaxThreads = group.Threads;
        TieredWarmUp.Run(
            [.. group.Cases.Where(step => step.Bytes < SmallBytes)], (step, calls) => Turns.Time(step.Prepare().Run, calls));
    }

    private StepRow? MeasureRow(StepsGroup group, StepCase step, double seconds)
    {
        string place = $"{group}, {step.Name} {step.Pass}, batch {step.Batch}";
        try
        {
            IStepPeer? peer = group.Peer == StepPeers.Nobody ? null : _peers.Find(group.Peer, group.Threads);
            StepRow row = InterleavedSteps.Run(step, group.Threads, peer, _copy, seconds, out string? mismatch);
            if (mismatch is not null)
            {
                Fail($"{place}: the results differ: {mismatch}");
            }

            return step is { Kind: StepKinds.Step, Name: Networks.Measured } ? WithMemory(row) : row;
        }
        catch (PeerException exception)
        {
            Fail($"{place}: {exception.Message}");
            return null;
        }
    }

    private static StepRow WithMemory(StepRow row) => row with
    {
        FastconvPeakMb = PeakMemory.OfFastConv(row.Name, row.Batch, row.Threads),
        PeerPeakMb = row.Peer == PeerNames.Torch ? PeakMemory.OfTorch(row.Name, row.Batch, row.Threads) : null,
    };

    private void Fail(string message)
    {
        _failed = true;
        Console.Error.WriteLine($"{StepsCommand.Verb}: {message}");
    }
}

using System.Diagnostics;
using FastConv.Benchmarks.Peers;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Steps;

/// <summary>FastConv and a peer in turns on one row, with a large copy before and after where memory is the limit.</summary>
internal sealed class InterleavedSteps : IDisposable
{
    private const double GroupSeconds = 1e-3;
    private const double PeerWarmUpSeconds = 0.05;
    private const int LeastRounds = 3;

    private readonly StepCase _case;
    private readonly int _threads;
    private readonly IStepPeer? _peer;
    private readonly CopyBandwidth _copy;
    private readonly OwnSide _own;
    private readonly IPeerCall? _call;

    private InterleavedSteps(StepCase step, int threads, IStepPeer? peer, CopyBandwidth copy)
    {
        (_case, _threads, _peer, _copy) = (step, threads, peer, copy);
        ThreadSettings.MaxThreads = threads;
        _own = step.Prepare();
        _call = peer?.Prepare(_own, threads);
    }

    /// <summary>Checks that both sides compute the same, then measures for so long, warm-up included.</summary>
    /// <param name="step">What both sides do.</param>
    /// <param name="threads">Of each side.</param>
    /// <param name="peer">The other side; null to measure FastConv by itself.</param>
    /// <param name="copy">The limit.</param>
    /// <param name="seconds">At least three rounds are measured even if they take longer.</param>
    /// <param name="mismatch">Says how the results differ, or is null.</param>
    /// <exception cref="PeerException">The peer refuses the row or has failed.</exception>
    public static StepRow Run(StepCase step, int threads, IStepPeer? peer, CopyBandwidth copy, double seconds, out string? mismatch)
    {
        using var measurement = new InterleavedSteps(step, threads, peer, copy);
        mismatch = measurement.Compare();
        return measurement.Measure(seconds);
    }

    public void Dispose() => _call?.Dispose();

    // The first call of both sides: optimisers must start from the same values.
    private string? Compare()
    {
        if (_call is null)
        {
            return null;
        }

        float[] expected = new float[_own.ResultLength];
        float[] result = new float[_own.ResultLength];
        _call.ReadResult(expected);
        _own.Run();
        _own.CopyResult(result);
        return _case.Compare(result, expected);
    }

    private StepRow Measure(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        var turns = new Turns(GroupSeconds, _threads, _peer?.Pause);
        var own = new CallTimes();
        var other = new CallTimes();
        double ownCall = turns.WarmUp(RunOwn, seconds * _case.WarmUpShare);
        double peerCall = _call is null ? 0 : turns.WarmUp(_call.Run, PeerWarmUpSeconds);
        Copy();
        var others = new OtherLoad(() => _peer?.ProcessorTime ?? TimeSpan.Zero);
        do
        {
            turns.Take(RunOwn, ownCall, own);
            if (_call is not null)
            {
                turns.Take(_call.Run, peerCall, other);
            }
        }
        while (own.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        double? load = others.Cores;
        return Row(own, _call is null ? null : other, Copy(), load);
    }

    private StepRow Row(CallTimes own, CallTimes? other, double copy, double? otherCores) => new(
        _case.Kind,
        _case.Name,
        _case.Pass,
        _threads,
        _case.Batch,
        _peer?.Name ?? StepPeers.Nobody,
        _peer?.Description,
        1e3 * own.Best,
        1e3 * other?.Best,
        other?.Best / own.Best,
        1e3 * own.Median,
        1e3 * other?.Median,
        other?.Median / own.Median,
        _case.Bytes / own.Best / copy,
        _case.Bytes is null ? null : copy / 1e9,
        FastconvPeakMb: null,
        PeerPeakMb: null,
        own.Count,
        otherCores);

    private double RunOwn(int calls) => Turns.Time(_own.Run, calls);

    // Nothing to measure for rows whose limit is arithmetic.
    private double Copy() => _case.Bytes is null ? 0 : _copy.Measure(_threads);
}

using System.Diagnostics;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// FastConv, a peer and the machine's limit in turns on one workload: machines change their clock from second to second, so only what was
/// measured side by side can be compared.
/// </summary>
internal sealed class InterleavedMeasurement : IDisposable
{
    private const int LeastRounds = 3;
    private const int LimitRunsPerRound = 4;

    // Tiered compilation waits 100 ms for calm and then compiles in the background.
    private const double FirstWarmUpSeconds = 0.3;

    private const double PeerWarmUpSeconds = 0.05;

    private static bool _isWarm;

    private readonly Workload _workload;
    private readonly IWorkloadPeer _peer;
    private readonly int _threads;
    private readonly Operands _operands;
    private readonly IPeerCall _call;

    private InterleavedMeasurement(Workload workload, IWorkloadPeer peer, int threads)
    {
        (_workload, _peer, _threads) = (workload, peer, threads);
        ThreadSettings.MaxThreads = threads;
        _operands = new Operands(workload);
        try
        {
            _call = peer.Prepare(workload, _operands, threads);
        }
        catch
        {
            _operands.Dispose();
            throw;
        }
    }

    /// <summary>Checks that both sides compute the same, then measures for so long, warm-up included.</summary>
    /// <param name="workload">What both sides do.</param>
    /// <param name="peer">The other side.</param>
    /// <param name="threads">Of each side.</param>
    /// <param name="seconds">At least three rounds are measured even if they take longer.</param>
    /// <param name="mismatch">Says how the results differ, or is null.</param>
    /// <exception cref="PeerException">The peer refuses the workload or has failed.</exception>
    public static PeerRow Run(Workload workload, IWorkloadPeer peer, int threads, double seconds, out string? mismatch)
    {
        using var measurement = new InterleavedMeasurement(workload, peer, threads);
        mismatch = measurement.Compare();
        return measurement.Measure(seconds);
    }

    public void Dispose()
    {
        _call.Dispose();
        _operands.Dispose();
    }

    private string? Compare()
    {
        using var expected = new FloatBuffer(_workload.ResultLength);
        _call.ReadResult(expected.Span);
        _operands.Result.Span.Clear();
        _workload.Run(_operands);
        return ResultCheck.Describe(_operands.Result.Span, expected.Span);
    }

    private PeerRow Measure(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        var turns = new Turns(_workload.GroupSeconds, _threads);
        double ownCall = turns.WarmUp(RunOwn, _isWarm ? _workload.WarmUpSeconds : Math.Max(FirstWarmUpSeconds, _workload.WarmUpSeconds));
        _isWarm = true;
        double peerCall = turns.WarmUp(_call.Run, Math.Min(PeerWarmUpSeconds, _workload.WarmUpSeconds));
        double bareCall = _call.HasBare ? turns.WarmUp(_call.RunBare, Math.Min(PeerWarmUpSeconds, _workload.WarmUpSeconds)) : 0;
        var own = new CallTimes();
        var other = new CallTimes();
        double keptCall = _call.HasBare ? turns.WarmUp(RunKept, _workload.WarmUpSeconds) : 0;
        var bare = new CallTimes();
        var kept = new CallTimes();
        double limit = 0;
        var others = new OtherLoad(() => _peer.ProcessorTime);
        do
        {
            turns.Take(RunOwn, ownCall, own);
            turns.Take(_call.Run, peerCall, other);
            if (_call.HasBare)
            {
                // Neither side follows itself: what it left in the caches would flatter it.
                turns.Take(RunKept, keptCall, kept);
                turns.Take(_call.RunBare, bareCall, bare);
            }

            for (int run = 0; run < LimitRunsPerRound; run++)
            {
                limit = Math.Max(limit, MachineLimits.MeasureMultiplyAdds());
            }
        }
        while (own.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        limit *= _threads;
        double best = Gflops(own.Best);
        double? bareBest = _call.HasBare ? Gflops(bare.Best) : null;
        double? keptBest = _call.HasBare ? Gflops(kept.Best) : null;
        return new PeerRow(
            _workload.Set,
            _workload.Name,
            _workload.Pass,
            _workload.Algorithm,
            _threads,
            _workload.Batch,
            _peer.Name,
            _peer.Description,
            best,
            Gflops(other.Best),
            other.Best / own.Best,
            Gflops(own.Median),
            Gflops(other.Median),
            other.Median / own.Median,
            limit,
            best / limit,
            keptBest,
            bareBest,
            keptBest / bareBest,
            own.Count,
            others.Cores);
    }

    private double RunOwn(int calls) => Turns.Time(() => _workload.Run(_operands), calls);

    private double RunKept(int calls) => Turns.Time(() => _workload.RunKept(_operands), calls);

    private double Gflops(double seconds) => _workload.Flops / seconds / 1e9;
}

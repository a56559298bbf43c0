using System.Diagnostics;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.PerfGate.Speed;

/// <summary>
/// The share of the limit that a call reaches on one thread: call and limit have their turns side by side, and the median turn counts, since clocks
/// and neighbours change from second to second.
/// </summary>
internal sealed class ShareMeasurement : IDisposable
{
    private const double GroupSeconds = 1e-3;
    private const double WarmUpSeconds = 0.1;
    private const double Seconds = 0.35;
    private const int LeastRounds = 3;
    private const int LimitRunsPerRound = 3;

    private readonly Lazy<CopyBandwidth> _copy = new();

    /// <summary>The median share; that of the direct method, so Winograd may pass 1.</summary>
    public double Measure(SpeedCase speed)
    {
        using ThreadLimitScope one = ThreadSettings.LimitTo(1);
        long start = Stopwatch.GetTimestamp();
        Action call = speed.Prepare();
        var turns = new Turns(GroupSeconds, threads: 1);
        double callSeconds = turns.WarmUp(Run, WarmUpSeconds);
        double copy = speed.IsMemory ? _copy.Value.Measure(threads: 1) : 0;
        var shares = new List<double>();
        do
        {
            var turn = new CallTimes();
            turns.Take(Run, callSeconds, turn);
            double limit = speed.IsMemory ? copy : MultiplyAdds();
            shares.Add(speed.Work / turn.Best / limit);
        }
        while (shares.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds);

        return Spread.Median(shares);

        double Run(int calls) => Turns.Time(call, calls);
    }

    public void Dispose()
    {
        if (_copy.IsValueCreated)
        {
            _copy.Value.Dispose();
        }
    }

    private static double MultiplyAdds()
    {
        double best = 0;
        for (int run = 0; run < LimitRunsPerRound; run++)
        {
            best = Math.Max(best, MachineLimits.MeasureMultiplyAdds());
        }

        return 1e9 * best;
    }
}

using System.Diagnostics;
using FastConv.Benchmarks.Peers;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.PerfGate.Speed;

/// <summary>
/// The share of the limit that a call reaches on one thread: call and limit have their turns side by side, and the median turn counts, since clocks
/// and neighbours change from second to second.
/// </summary>
internal static class ShareMeasurement
{
    private const double GroupSeconds = 1e-3;
    private const double WarmUpSeconds = 0.1;
    private const double Seconds = 0.35;
    private const int LeastRounds = 3;
    private const int LimitRunsPerRound = 3;

    /// <summary>The median share; that of the direct method, so Winograd may pass 1.</summary>
    public static double Of(SpeedCase speed)
    {
        using ThreadLimitScope one = ThreadSettings.LimitTo(1);
        using CopyTurn? copy = speed.IsMemory ? new CopyTurn(speed.Work) : null;
        long start = Stopwatch.GetTimestamp();
        Action call = speed.Prepare();
        var turns = new Turns(GroupSeconds, threads: 1);
        double callSeconds = turns.WarmUp(Run, WarmUpSeconds);
        var shares = new List<double>();
        do
        {
            var turn = new CallTimes();
            turns.Take(Run, callSeconds, turn);
            double limit = copy is null ? MultiplyAdds() : speed.Work / Best(copy);
            shares.Add(speed.Work / turn.Best / limit);
        }
        while (shares.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds);

        return Spread.Median(shares);

        double Run(int calls) => Turns.Time(call, calls);
    }

    private static double Best(CopyTurn copy) => Enumerable.Range(0, LimitRunsPerRound).Min(_ => Turns.Time(copy.Run, calls: 1));

    private static double MultiplyAdds() => 1e9 * Enumerable.Range(0, LimitRunsPerRound).Max(_ => MachineLimits.MeasureMultiplyAdds());
}

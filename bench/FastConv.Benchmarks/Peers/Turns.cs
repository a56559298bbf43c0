using System.Diagnostics;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// How a side has its turn: a group of calls that takes at least so long. What runs is a function from a number of calls to the seconds
/// that they took.
/// </summary>
/// <param name="groupSeconds">The least that a group takes.</param>
/// <param name="threads">Of each side.</param>
/// <param name="pause">
/// Between turns of more than one thread: threads that spin after a call would take the cores from the next turn. Those of OpenMP and OpenBLAS
/// spin for about 8 ms, so it is 10 ms where it is not given.
/// </param>
internal sealed class Turns(double groupSeconds, int threads, TimeSpan? pause = null)
{
    private readonly TimeSpan _pause = pause ?? TimeSpan.FromMilliseconds(10);

    /// <summary>Seconds that so many calls of a delegate take, one after the other.</summary>
    public static double Time(Action run, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds of the fastest call. Groups grow, so that the last ones are not made of the clock's resolution.</summary>
    public double WarmUp(Func<int, double> run, double seconds)
    {
        double fastest = double.MaxValue;
        int calls = 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            double elapsed = run(calls);
            fastest = Math.Min(fastest, elapsed / calls);
            calls = elapsed < groupSeconds ? calls * 2 : calls;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        return fastest;
    }

    /// <summary>
    /// Times a group. Where it has many calls, one goes before it untimed: it wakes the threads and brings the operands back into the cache,
    /// which a long call hardly notices.
    /// </summary>
    public void Take(Func<int, double> run, double callSeconds, CallTimes times)
    {
        int calls = (int)Math.Max(1, Math.Ceiling(groupSeconds / callSeconds));
        if (calls > 1)
        {
            run(1);
        }

        times.Add(run(calls), calls);
        if (threads > 1)
        {
            Thread.Sleep(_pause);
        }
    }
}

using FastConv.Simd;

namespace FastConv.Cli.Measurement;

/// <summary>The multiply-add loop on several cores at the same time: cores that are busy together clock lower than one alone.</summary>
internal static class MultiplyAddLimit
{
    // The loop runs for about a tenth of a millisecond, what it is compared with for longer: this many runs see the same clock.
    private const int RunsPerTurn = 16;

    /// <summary>GFLOP/s of so many cores together, the best run of each.</summary>
    public static double Measure(int threads)
    {
        if (threads == 1)
        {
            return BestOfTurn();
        }

        using var start = new Barrier(threads);
        double[] limits = new double[threads];
        var team = new Thread[threads];
        for (int index = 0; index < threads; index++)
        {
            int own = index;
            team[own] = new Thread(() =>
            {
                start.SignalAndWait();
                limits[own] = BestOfTurn();
            });
            team[own].Start();
        }

        Array.ForEach(team, thread => thread.Join());
        return limits.Sum();
    }

    private static double BestOfTurn()
    {
        double best = 0;
        for (int run = 0; run < RunsPerTurn; run++)
        {
            best = Math.Max(best, MachineLimits.MeasureMultiplyAdds());
        }

        return best;
    }
}

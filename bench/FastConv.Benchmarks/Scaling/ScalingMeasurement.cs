using System.Diagnostics;
using FastConv.Benchmarks.Limits;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Cli.Measurement;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Scaling;

/// <summary>One workload on all numbers of threads in turns, with the ceilings between them, and what the model makes of the times.</summary>
internal sealed class ScalingMeasurement(ScalingCase workload, IReadOnlyList<int> threads, IReadOnlyList<int> cores, CopyBandwidth copy)
{
    private const double GroupSeconds = 1e-3;
    private const double WarmUpShare = 0.3;
    private const int LeastRounds = 3;

    private readonly Dictionary<int, CallTimes> _times = threads.ToDictionary(count => count, _ => new CallTimes());
    private readonly Dictionary<int, double> _limits = threads.ToDictionary(count => count, _ => 0.0);

    /// <summary>The measured rows and, where there is more than one, the predictions.</summary>
    public IReadOnlyList<ScalingRow> Run(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        using PreparedCall call = workload.Prepare();
        Func<int, double> run = calls => Turns.Time(call.Run, calls);
        var turns = threads.ToDictionary(count => count, count => new Turns(GroupSeconds, count));
        var callSeconds = new Dictionary<int, double>();
        foreach (int count in threads)
        {
            ThreadSettings.MaxThreads = count;
            callSeconds[count] = turns[count].WarmUp(run, WarmUpShare * seconds / threads.Count);
        }

        var others = new OtherLoad(() => TimeSpan.Zero);
        do
        {
            foreach (int count in threads)
            {
                ThreadSettings.MaxThreads = count;
                turns[count].Take(run, callSeconds[count], _times[count]);
                _limits[count] = Math.Max(_limits[count], MultiplyAddLimit.Measure(count));
            }
        }
        while (_times[1].Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        double? load = others.Cores;
        double memorySeconds = workload.Bytes / copy.Measure(threads[^1]);
        return [.. threads.Select(count => Measured(count, memorySeconds, load)), .. threads.Count > 1 ? Predicted(memorySeconds) : []];
    }

    private ScalingRow Measured(int count, double memorySeconds, double? load)
    {
        double best = _times[count].Best;
        return Row(ScalingRow.Measured, count, best, memorySeconds) with
        {
            MedianMs = 1e3 * _times[count].Median,
            ShareOfFma = workload.Flops / best / (1e9 * _limits[count]),
            Rounds = _times[count].Count,
            OtherCores = load,
        };
    }

    private IEnumerable<ScalingRow> Predicted(double memorySeconds)
    {
        // The third level is shared, as memory is.
        bool isInCache = workload.Bytes < threads[^1] * CacheSizes.OfLevel(2);
        var model = new AmdahlModel(_times.ToDictionary(time => time.Key, time => time.Value.Best), isInCache ? 0 : memorySeconds);
        return cores.Select(count => Row(ScalingRow.Model, count, model.Seconds(count), memorySeconds) with
        {
            SerialShare = model.SerialShare,
            IsBoundByMemory = model.IsBoundByMemory(count),
        });
    }

    private ScalingRow Row(string source, int count, double seconds, double memorySeconds)
    {
        double speedUp = _times[1].Best / seconds;
        return new ScalingRow(
            workload.Kind,
            workload.Name,
            source,
            count,
            1e3 * seconds,
            MedianMs: null,
            speedUp,
            speedUp / count,
            ShareOfFma: null,
            workload.Bytes / 1e6,
            memorySeconds / seconds,
            SerialShare: null,
            IsBoundByMemory: null,
            Rounds: null,
            OtherCores: null);
    }
}

using System.Diagnostics;

namespace FastConv.Training;

/// <summary>The time of a run, together with that before an interruption.</summary>
internal sealed class RunClock(TrainingState state)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _earlier = state.Seconds;

    // Only while batches are learned from, not while the validation data is measured.
    private readonly Stopwatch _learning = new();
    private double _earlierOfEpoch = state.EpochSeconds;

    /// <summary>All time.</summary>
    public double Seconds => _earlier + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Time spent learning in this epoch.</summary>
    public double EpochSeconds => _earlierOfEpoch + _learning.Elapsed.TotalSeconds;

    public void Learn() => _learning.Start();

    public void Pause() => _learning.Stop();

    /// <summary>A new epoch has taken no time yet.</summary>
    public void BeginEpoch()
    {
        _earlierOfEpoch = 0;
        _learning.Reset();
    }

    /// <summary>Writes the times into the state, for a checkpoint.</summary>
    public void Store() => (state.Seconds, state.EpochSeconds) = (Seconds, EpochSeconds);
}

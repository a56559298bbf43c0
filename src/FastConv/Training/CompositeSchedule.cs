namespace FastConv.Training;

/// <summary>What schedules made of schedules share: measurements and state go to all of them, in order.</summary>
public abstract class CompositeSchedule : LearningRateSchedule
{
    private readonly LearningRateSchedule[] _schedules;

    private protected CompositeSchedule(IReadOnlyList<LearningRateSchedule> schedules)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        _schedules = [.. schedules];
        if (_schedules.Length == 0 || Array.IndexOf(_schedules, null) >= 0)
        {
            throw new ArgumentException($"{GetType().Name}: expects at least one schedule, and none to be null.", nameof(schedules));
        }
    }

    /// <summary>What it is made of.</summary>
    public IReadOnlyList<LearningRateSchedule> Schedules => _schedules;

    /// <inheritdoc/>
    public sealed override void Observe(double value, bool higherIsBetter)
    {
        foreach (LearningRateSchedule schedule in _schedules)
        {
            schedule.Observe(value, higherIsBetter);
        }
    }

    /// <inheritdoc/>
    public sealed override void Reset()
    {
        foreach (LearningRateSchedule schedule in _schedules)
        {
            schedule.Reset();
        }
    }

    /// <inheritdoc/>
    public sealed override void CollectState(ICollection<double> state)
    {
        foreach (LearningRateSchedule schedule in _schedules)
        {
            schedule.CollectState(state);
        }
    }

    /// <inheritdoc/>
    public sealed override void RestoreState(Queue<double> state)
    {
        foreach (LearningRateSchedule schedule in _schedules)
        {
            schedule.RestoreState(state);
        }
    }

    private protected LearningRateSchedule this[int index] => _schedules[index];
}

namespace FastConv.Training;

/// <summary>
/// Schedules one after the other: each begins at its own time 0 where the one before it ends. A warm-up and what comes after it.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html
/// </summary>
public sealed class SequentialSchedule : CompositeSchedule
{
    private readonly long[] _milestones;

    /// <summary>Schedules and the points in time at which the next one takes over.</summary>
    /// <param name="schedules">In their order.</param>
    /// <param name="milestones">One fewer, from 1, rising.</param>
    /// <exception cref="ArgumentException">No schedule, or not one point fewer, or points that do not rise.</exception>
    public SequentialSchedule(IReadOnlyList<LearningRateSchedule> schedules, IReadOnlyList<long> milestones)
        : base(schedules)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        _milestones = [0, .. milestones];
        bool rises = _milestones.Length == Schedules.Count;
        for (int index = 1; index < _milestones.Length; index++)
        {
            rises &= _milestones[index] > _milestones[index - 1];
        }

        if (!rises)
        {
            throw new ArgumentException(
                $"SequentialSchedule: {Schedules.Count} schedules expect {Schedules.Count - 1} milestones from 1 that rise, received [{string.Join(", ", milestones)}].", nameof(milestones));
        }
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time)
    {
        int index = _milestones.Length - 1;
        while (_milestones[index] > time && index > 0)
        {
            index--;
        }

        return this[index].Rate(baseRate, time - _milestones[index]);
    }
}

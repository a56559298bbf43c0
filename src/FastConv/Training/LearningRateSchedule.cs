namespace FastConv.Training;

/// <summary>
/// The learning rate as a function of time, which counts what <see cref="TrainingOptions.ScheduleUnit"/> says: 0 before the first step, then up by one.
/// The formulas are those of PyTorch's <c>lr_scheduler</c>, in closed form, so a schedule can start anywhere.
/// Source: https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The rate of the step that comes at a time.</summary>
    /// <param name="baseRate">The optimiser's own rate, or what another schedule made of it.</param>
    /// <param name="time">From 0.</param>
    public abstract double Rate(double baseRate, long time);

    /// <summary>Takes notice of a measurement; called at the end of every epoch.</summary>
    /// <param name="value">A loss or an accuracy, as <see cref="TrainingOptions.Monitor"/> says.</param>
    /// <param name="higherIsBetter">Whether it is to become large.</param>
    public virtual void Observe(double value, bool higherIsBetter)
    {
    }

    /// <summary>Forgets what was observed; called when training begins.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>Appends what was observed, for a checkpoint; nothing in a schedule of time alone.</summary>
    public virtual void CollectState(ICollection<double> state)
    {
    }

    /// <summary>Takes what <see cref="CollectState"/> appended from the front of a queue.</summary>
    /// <exception cref="InvalidOperationException">There is less.</exception>
    public virtual void RestoreState(Queue<double> state)
    {
    }

    /// <exception cref="ArgumentOutOfRangeException">A length or a point in time below 1.</exception>
    private protected static long AtLeastOne(string name, long value) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"a schedule expects {name} of at least 1, received {value}.");

    /// <exception cref="ArgumentOutOfRangeException">A rate or a factor that is negative, infinite or NaN.</exception>
    private protected static double NonNegative(string name, double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, $"a schedule expects {name} to be finite and not negative, received {value}.");
}

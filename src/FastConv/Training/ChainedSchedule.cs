namespace FastConv.Training;

/// <summary>
/// Schedules at the same time: each takes what the one before it makes of the rate, so factors multiply.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html
/// </summary>
/// <param name="schedules">In the order in which they are applied.</param>
/// <exception cref="ArgumentException">No schedule.</exception>
public sealed class ChainedSchedule(params IReadOnlyList<LearningRateSchedule> schedules) : CompositeSchedule(schedules)
{
    /// <inheritdoc/>
    public override double Rate(double baseRate, long time)
    {
        double rate = baseRate;
        for (int index = 0; index < Schedules.Count; index++)
        {
            rate = this[index].Rate(rate, time);
        }

        return rate;
    }
}

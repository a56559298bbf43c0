namespace FastConv.Training;

/// <summary>
/// The rate times a factor every so often: base * factor^floor(time / every).
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
/// </summary>
/// <param name="every">Time from one change to the next.</param>
/// <param name="factor">PyTorch's gamma.</param>
/// <exception cref="ArgumentOutOfRangeException">A time below 1, or a factor that is negative or not finite.</exception>
public sealed class StepSchedule(long every, double factor = 0.1) : LearningRateSchedule
{
    private readonly long _every = AtLeastOne(nameof(every), every);
    private readonly double _factor = NonNegative(nameof(factor), factor);

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time) => baseRate * Math.Pow(_factor, time / _every);
}

namespace FastConv.Training;

/// <summary>
/// The rate times a factor with every unit of time: base * factor^time.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
/// </summary>
/// <param name="factor">PyTorch's gamma.</param>
/// <exception cref="ArgumentOutOfRangeException">A factor that is negative or not finite.</exception>
public sealed class ExponentialSchedule(double factor) : LearningRateSchedule
{
    private readonly double _factor = NonNegative(nameof(factor), factor);

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time) => baseRate * Math.Pow(_factor, time);
}

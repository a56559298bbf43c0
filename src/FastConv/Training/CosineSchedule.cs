namespace FastConv.Training;

/// <summary>
/// Half a cosine from the rate down to a minimum, where it stays: minimum + (base - minimum) * (1 + cos(pi * time / length)) / 2.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html, which rises again after its length.
/// </summary>
/// <param name="length">When the minimum is reached; PyTorch's T_max.</param>
/// <param name="minimum">PyTorch's eta_min.</param>
/// <exception cref="ArgumentOutOfRangeException">A length below 1, or a minimum that is negative or not finite.</exception>
public sealed class CosineSchedule(long length, double minimum = 0) : LearningRateSchedule
{
    private readonly long _length = AtLeastOne(nameof(length), length);
    private readonly double _minimum = NonNegative(nameof(minimum), minimum);

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time) =>
        _minimum + (baseRate - _minimum) * (1 + Math.Cos(Math.PI * Math.Min(time, _length) / _length)) / 2;
}

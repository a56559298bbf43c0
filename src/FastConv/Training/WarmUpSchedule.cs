namespace FastConv.Training;

/// <summary>
/// The rate times a factor that goes along a line from its start to its end, and stays there: start + (end - start) * time / length. From below 1 to 1 it warms up.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html
/// </summary>
/// <param name="length">When the end is reached.</param>
/// <param name="startFactor">At time 0.</param>
/// <param name="endFactor">From the length on.</param>
/// <exception cref="ArgumentOutOfRangeException">A length below 1, or a factor that is negative or not finite.</exception>
public sealed class WarmUpSchedule(long length, double startFactor = 1.0 / 3, double endFactor = 1) : LearningRateSchedule
{
    private readonly long _length = AtLeastOne(nameof(length), length);
    private readonly double _start = NonNegative(nameof(startFactor), startFactor);
    private readonly double _end = NonNegative(nameof(endFactor), endFactor);

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time) => baseRate * (_start + (_end - _start) * Math.Min(time, _length) / _length);
}

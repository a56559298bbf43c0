namespace FastConv.Training;

/// <summary>
/// The rate times a factor at each of some points in time: base * factor^(points that time has reached).
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html
/// </summary>
public sealed class MultiStepSchedule : LearningRateSchedule
{
    private readonly long[] _milestones;
    private readonly double _factor;

    /// <summary>A schedule of some points.</summary>
    /// <param name="milestones">From 1, in any order; one that is given twice counts twice.</param>
    /// <param name="factor">PyTorch's gamma.</param>
    /// <exception cref="ArgumentOutOfRangeException">A point below 1, or a factor that is negative or not finite.</exception>
    public MultiStepSchedule(IReadOnlyList<long> milestones, double factor = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        _milestones = [.. milestones.Select(milestone => AtLeastOne(nameof(milestones), milestone))];
        _factor = NonNegative(nameof(factor), factor);
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time)
    {
        int reached = 0;
        foreach (long milestone in _milestones)
        {
            reached += milestone <= time ? 1 : 0;
        }

        return baseRate * Math.Pow(_factor, reached);
    }
}

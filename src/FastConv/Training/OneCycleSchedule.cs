namespace FastConv.Training;

/// <summary>
/// One cycle of the rate: from maximum / divisor up to the maximum, and down to a fraction of where it began; the optimiser's own rate is its
/// maximum. In three phases it comes down as fast as it went up before it falls to the end.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
/// </summary>
public sealed class OneCycleSchedule : LearningRateSchedule
{
    private readonly (double End, double From, double To)[] _phases;
    private readonly bool _isLinear;

    /// <summary>A cycle of a length.</summary>
    /// <param name="length">All time there is, 2 at least; the last value is that of <c>length - 1</c>.</param>
    /// <param name="rise">The share of the time in which the rate rises, above 0 and below 1 (below 1/2 for three phases).</param>
    /// <param name="divisor">The first rate is the maximum over this.</param>
    /// <param name="finalDivisor">The last rate is the first one over this.</param>
    /// <param name="linear">Along lines; otherwise along halves of a cosine.</param>
    /// <param name="threePhases">Down to the first rate, and then to the last one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public OneCycleSchedule(
        long length, double rise = 0.3, double divisor = 25, double finalDivisor = 1e4, bool linear = false, bool threePhases = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(finalDivisor);
        double most = threePhases ? 0.5 : 1;
        if (!(rise > 0 && rise < most))
        {
            throw new ArgumentOutOfRangeException(nameof(rise), $"a schedule expects a rise above 0 and below {most}, received {rise}.");
        }

        double first = 1 / divisor;
        double last = first / finalDivisor;
        double top = rise * length - 1;
        _isLinear = linear;
        _phases = threePhases
            ? [(top, first, 1), (2 * rise * length - 2, 1, first), (length - 1, first, last)]
            : [(top, first, 1), (length - 1, 1, last)];
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time)
    {
        double begin = 0;
        foreach ((double end, double from, double to) in _phases)
        {
            if (time <= end)
            {
                return baseRate * Between(from, to, end > begin ? (time - begin) / (end - begin) : 1);
            }

            begin = end;
        }

        return baseRate * _phases[^1].To;
    }

    // From the end, as PyTorch has it for the cosine.
    private double Between(double from, double to, double share) =>
        _isLinear ? from + (to - from) * share : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}

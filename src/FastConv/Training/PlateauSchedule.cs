namespace FastConv.Training;

/// <summary>
/// The rate times a factor whenever the monitored number has stopped improving. Time does not matter; what counts are the measurements, one an epoch.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
/// </summary>
/// <param name="factor">Below 1.</param>
/// <param name="patience">Measurements in a row without improvement that are let pass.</param>
/// <param name="threshold">What counts as one: the share of the best, or the difference from it.</param>
/// <param name="absolute">Whether the threshold is a difference.</param>
/// <param name="cooldown">Measurements after a reduction that do not count as bad.</param>
/// <param name="minimum">The least rate.</param>
/// <exception cref="ArgumentOutOfRangeException">A factor outside of [0, 1), or another number that is negative or not finite.</exception>
public sealed class PlateauSchedule(
    double factor = 0.1, int patience = 10, double threshold = 1e-4, bool absolute = false, int cooldown = 0, double minimum = 0) : LearningRateSchedule
{
    // A change of the rate that is not worth making.
    private const double Epsilon = 1e-8;

    private readonly double _factor = factor is >= 0 and < 1
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), $"a schedule expects a factor from 0 to below 1, received {factor}.");
    private readonly double _patience = NonNegative(nameof(patience), patience);
    private readonly double _threshold = NonNegative(nameof(threshold), threshold);
    private readonly double _cooldown = NonNegative(nameof(cooldown), cooldown);
    private readonly double _minimum = NonNegative(nameof(minimum), minimum);

    private double _best = double.NaN;
    private double _bad;
    private double _cooling;
    private double _reductions;

    /// <inheritdoc/>
    public override double Rate(double baseRate, long time)
    {
        double rate = baseRate;
        for (int reduction = 0; reduction < _reductions; reduction++)
        {
            double next = Math.Max(rate * _factor, _minimum);
            if (rate - next <= Epsilon)
            {
                break;
            }

            rate = next;
        }

        return rate;
    }

    /// <inheritdoc/>
    public override void Observe(double value, bool higherIsBetter)
    {
        if (double.IsNaN(_best) || IsBetter(value, higherIsBetter))
        {
            _best = value;
            _bad = 0;
        }
        else
        {
            _bad++;
        }

        if (_cooling > 0)
        {
            _cooling--;
            _bad = 0;
        }

        if (_bad > _patience)
        {
            _reductions++;
            _cooling = _cooldown;
            _bad = 0;
        }
    }

    /// <inheritdoc/>
    public override void Reset() => (_best, _bad, _cooling, _reductions) = (double.NaN, 0, 0, 0);

    /// <inheritdoc/>
    public override void CollectState(ICollection<double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (double value in (ReadOnlySpan<double>)[_best, _bad, _cooling, _reductions])
        {
            state.Add(value);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(Queue<double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_best, _bad, _cooling, _reductions) = (state.Dequeue(), state.Dequeue(), state.Dequeue(), state.Dequeue());
    }

    private bool IsBetter(double value, bool higherIsBetter) => (higherIsBetter, absolute) switch
    {
        (false, false) => value < _best * (1 - _threshold),
        (false, true) => value < _best - _threshold,
        (true, false) => value > _best * (1 + _threshold),
        (true, true) => value > _best + _threshold,
    };
}

namespace FastConv.Training;

/// <summary>A function of the share of all time that lies behind, in [0, 1), multiplied with the rate.</summary>
/// <param name="factor">See <see cref="TrainingOptions.LearningRateFactor"/>.</param>
/// <param name="length">All time there is.</param>
internal sealed class ShareSchedule(Func<double, double> factor, double length) : LearningRateSchedule
{
    public override double Rate(double baseRate, long time) => baseRate * factor(time / length);
}

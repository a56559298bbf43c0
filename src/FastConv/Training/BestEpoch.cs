namespace FastConv.Training;

/// <summary>Follows the monitored number over epochs: the best so far, its weights, and how long ago that was.</summary>
internal sealed class BestEpoch(TrainingOptions options, TrainingState state, StateCopy? best, StateCopy? average)
{
    /// <summary>Whether patience has run out.</summary>
    public bool IsTooLongAgo => options.Patience is { } patience && state.EpochsWithoutImprovement >= patience;

    /// <summary>Takes notice of an epoch's number.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Observe(EpochResult epoch)
    {
        double value = ValueOf(epoch);
        options.Schedule?.Observe(value, HigherIsBetter);
        if (!IsBetter(value))
        {
            state.EpochsWithoutImprovement++;
            return false;
        }

        state.Best = value;
        state.BestEpoch = epoch.Epoch;
        state.EpochsWithoutImprovement = 0;
        if (average is null)
        {
            best?.Capture();
        }
        else
        {
            best?.Capture(average);
        }

        return true;
    }

    /// <summary>Gives the model the weights that it is to end with: the best, or the averaged, or those that it has.</summary>
    public void End()
    {
        StateCopy? last = best is not null && state.BestEpoch is not null ? best : average;
        last?.Restore();
    }

    /// <summary>The number that is monitored.</summary>
    public double ValueOf(EpochResult epoch)
    {
        EvaluationResult measured = epoch.Validation ?? epoch.Training;
        return HigherIsBetter ? measured.Accuracy : measured.Loss;
    }

    private bool HigherIsBetter => options.Monitor == MonitoredMetric.Accuracy;

    private bool IsBetter(double value) => state.Best is not { } before ? !double.IsNaN(value)
        : HigherIsBetter ? value > before + options.MinimumImprovement
        : value < before - options.MinimumImprovement;
}

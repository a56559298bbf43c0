namespace FastConv.Training;

/// <summary>What happened during training.</summary>
/// <param name="Epochs">One entry an epoch, in order.</param>
/// <param name="Curve">One entry for each <see cref="TrainingOptions.EvaluateEverySteps"/>; empty without that option.</param>
/// <param name="Steps">Batches learned from.</param>
/// <param name="Seconds">All the time it took, measuring on the validation data included, and that before an interruption.</param>
public sealed record TrainingResult(IReadOnlyList<EpochResult> Epochs, IReadOnlyList<CurvePoint> Curve, int Steps, double Seconds)
{
    /// <summary>The epoch with the best of the monitored numbers (<see cref="TrainingOptions.Monitor"/>); null where none was a number.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Why training ended before its last epoch; null where it did not.</summary>
    public string? StopReason { get; init; }
}

/// <summary>One epoch, or the part of it that <see cref="TrainingOptions.MaxSteps"/> allowed.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Training">Means over the batches, each as it was when it was learned from.</param>
/// <param name="Validation">After the epoch; null without validation data.</param>
/// <param name="Seconds">Time spent learning, without that spent measuring.</param>
/// <param name="ImagesPerSecond">Samples learned from in one of these seconds.</param>
public sealed record EpochResult(int Epoch, EvaluationResult Training, EvaluationResult? Validation, double Seconds, double ImagesPerSecond);

/// <summary>A point of the training curve.</summary>
/// <param name="Step">Batches learned from so far.</param>
/// <param name="Training">Means over the batches since the point before.</param>
/// <param name="Validation">On the validation data, after this step.</param>
public sealed record CurvePoint(int Step, EvaluationResult Training, EvaluationResult Validation);

namespace FastConv.Cli.Runs;

/// <summary>A line of <c>metrics.jsonl</c>.</summary>
/// <param name="Step">Batches learned from so far.</param>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Loss">Mean over the training samples since the line before.</param>
/// <param name="Accuracy">The same, in [0, 1].</param>
/// <param name="ValidationLoss">On the validation samples, where they were looked at.</param>
/// <param name="ValidationAccuracy">The same, in [0, 1].</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="ImagesPerSecond">Samples learned from a second, in this epoch so far.</param>
/// <param name="Seconds">Since training began, measuring included; a run that was continued goes on counting.</param>
/// <param name="EndsEpoch">Whether this is an epoch's last line.</param>
internal sealed record MetricsPoint(
    int Step,
    int Epoch,
    double Loss,
    double Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double ImagesPerSecond,
    double Seconds,
    bool EndsEpoch);

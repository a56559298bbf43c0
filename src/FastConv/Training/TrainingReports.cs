using FastConv.Data;
using FastConv.Optimizers;

namespace FastConv.Training;

/// <summary>What a run tells those who follow it: progress and events.</summary>
internal sealed class TrainingReports(
    TrainingOptions options, IProgress<TrainingProgress>? progress, DataLoader loader, Optimizer optimizer, TrainingState state, RunClock clock)
{
    /// <summary>Samples learned from a second, in this epoch so far.</summary>
    public double ImagesPerSecond => state.EpochMeter.Count / Math.Max(clock.EpochSeconds, 1e-9);

    public void Progress(EvaluationResult? measured, bool isEndOfEpoch) => progress?.Report(new TrainingProgress
    {
        Epoch = state.Epoch,
        Epochs = options.Epochs,
        EpochStep = state.EpochStep,
        EpochSteps = loader.BatchCount,
        Step = state.Step,
        Loss = state.LastLoss,
        LearningRate = optimizer.LearningRate,
        Training = state.EpochMeter.Result,
        Validation = measured,
        ImagesPerSecond = ImagesPerSecond,
        IsEndOfEpoch = isEndOfEpoch,
    });

    public void EpochEnded(EpochResult result, double monitored) => Say(
        TrainingEventKind.EpochEnded,
        "epoch {Epoch}: training loss {TrainingLoss}, training accuracy {TrainingAccuracy}, monitored {Value}",
        result.Epoch, result.Training.Loss, result.Training.Accuracy, monitored);

    public void Improved(int epoch, double monitored) => Say(TrainingEventKind.Improved, "epoch {Epoch} is the best so far: {Value}", epoch, monitored);

    public void Cancelled() => Say(TrainingEventKind.Cancelled, "cancelled in epoch {Epoch} after step {Step}", state.Epoch, state.Step);

    public void StoppedEarly(string reason) => Say(TrainingEventKind.StoppedEarly, "stopped after epoch {Epoch}: {Reason}", state.Epoch - 1, reason);

    public void Finished() => Say(TrainingEventKind.Finished, "training ended after {Steps} steps and {Seconds} s", state.Step, clock.Seconds);

    private void Say(TrainingEventKind kind, string template, params object?[] arguments) =>
        options.OnEvent?.Invoke(new TrainingEvent(kind, template, arguments));
}

using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Training;

namespace FastConv.Cli.Commands;

/// <summary>What a request means to the trainer.</summary>
internal static class TrainChoices
{
    // Enough looks at the validation samples for a curve, where one an epoch would give a handful of points.
    private const int ValidationPointsPerEpoch = 5;

    /// <summary>The trainer's options.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="epochSteps">Batches an epoch.</param>
    /// <param name="totalSteps">Batches altogether.</param>
    /// <param name="hasValidation">Whether there is something to watch with.</param>
    /// <param name="checkpoint">Where training is saved.</param>
    public static TrainingOptions Options(TrainRequest request, int epochSteps, long totalSteps, bool hasValidation, string checkpoint)
    {
        int? curvePace = request.PlotPath is null ? null : (epochSteps + ValidationPointsPerEpoch - 1) / ValidationPointsPerEpoch;
        return new TrainingOptions
        {
            Epochs = request.Epochs,
            MaxSteps = request.Steps,
            EvaluateEverySteps = hasValidation ? request.EvaluateEverySteps ?? curvePace : null,
            ReportEverySteps = 1,
            LearningRateFactor = request.Schedule == ScheduleName.Linear ? done => 1 - done : null,
            Schedule = request.Schedule switch
            {
                ScheduleName.Cosine => new CosineSchedule(totalSteps),
                ScheduleName.OneCycle => new OneCycleSchedule(Math.Max(2, totalSteps)),
                _ => null,
            },
            Patience = request.Patience,
            KeepBest = request.KeepBest,
            AverageDecay = request.AverageDecay,
            Checkpoint = new CheckpointOptions(checkpoint) { EverySteps = request.CheckpointEverySteps, Resume = request.ResumePath is not null },
        };
    }
}

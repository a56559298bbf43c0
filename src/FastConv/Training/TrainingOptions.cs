namespace FastConv.Training;

/// <summary>How long <see cref="Trainer.Fit"/> trains, and how often it measures and reports.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Batches after which training ends, even within an epoch.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Samples a batch when the validation data is measured.</summary>
    public int EvaluationBatchSize { get; init; } = 256;

    /// <summary>Batches from one progress report to the next; the end of an epoch is always reported.</summary>
    public int ReportEverySteps { get; init; } = 20;

    /// <summary>Batches from one measurement on the validation data to the next, besides the one after every epoch.</summary>
    public int? EvaluateEverySteps { get; init; }

    /// <summary>
    /// What the optimiser's learning rate is multiplied with for a step, by the share of all steps that lie behind it, in [0, 1):
    /// <c>done =&gt; 1 - done</c> falls to nothing along a line. Afterwards the rate is what it was before.
    /// </summary>
    public Func<double, double>? LearningRateFactor { get; init; }

    /// <summary>The learning rate over time, from the optimiser's own; null: it stays. Afterwards the rate is what it was before.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>What the schedule's time counts; batches unless told otherwise.</summary>
    public ScheduleUnit ScheduleUnit { get; init; }

    /// <summary>
    /// Batches whose gradients are added up for one step of the optimiser, as one large batch would have (but for batch statistics). The end of an epoch ends
    /// such a group too.
    /// </summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>What says whether an epoch has improved the model: for the best weights, early stopping and <see cref="PlateauSchedule"/>.</summary>
    public MonitoredMetric Monitor { get; init; }

    /// <summary>How much better than the best the monitored number must be to count as an improvement.</summary>
    public double MinimumImprovement { get; init; }

    /// <summary>Epochs in a row without improvement after which training ends; null: it goes on.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the model ends with the weights of its best epoch instead of the last.</summary>
    public bool KeepBest { get; init; }

    /// <summary>
    /// The weight of the past in a running average of the learned values, one update for each step of the optimiser: 0.999, say. The averaged values are what is measured
    /// on validation data, and what the model ends with. Null: no average.
    /// Source: https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>Saves training while it goes on, and continues from there; null: neither.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Code that is called after steps and epochs, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Called with what happens, for a log.</summary>
    public Action<TrainingEvent>? OnEvent { get; init; }

    internal void Check(bool hasValidation)
    {
        Require(nameof(Epochs), Epochs);
        Require(nameof(MaxSteps), MaxSteps ?? 1);
        Require(nameof(EvaluationBatchSize), EvaluationBatchSize);
        Require(nameof(ReportEverySteps), ReportEverySteps);
        Require(nameof(EvaluateEverySteps), EvaluateEverySteps ?? 1);
        Require(nameof(AccumulateBatches), AccumulateBatches);
        Require(nameof(Patience), Patience ?? 1);
        Require("Checkpoint.EverySteps", Checkpoint?.EverySteps ?? 1);
        Require("Checkpoint.EveryEpochs", Checkpoint?.EveryEpochs ?? 1);
        RequireThat(EvaluateEverySteps is null || hasValidation, $"{nameof(EvaluateEverySteps)} expects validation data, received none");
        RequireThat(LearningRateFactor is null || Schedule is null, $"expects {nameof(LearningRateFactor)} or {nameof(Schedule)}, received both");
        RequireThat(AverageDecay is null or (>= 0 and <= 1), $"{nameof(AverageDecay)} is expected from 0 to 1, received {AverageDecay}");
        RequireThat(MinimumImprovement >= 0, $"{nameof(MinimumImprovement)} is expected not to be negative, received {MinimumImprovement}");
        RequireThat(Checkpoint is not { Path: "" }, "Checkpoint.Path is expected not to be empty");
    }

    private static void Require(string option, int value) => RequireThat(value >= 1, $"{option} is expected to be at least 1, received {value}");

    private static void RequireThat(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"TrainingOptions: {otherwise}.");
        }
    }
}

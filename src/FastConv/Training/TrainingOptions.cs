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

    internal void Check(bool hasValidation)
    {
        Require(nameof(Epochs), Epochs);
        Require(nameof(MaxSteps), MaxSteps ?? 1);
        Require(nameof(EvaluationBatchSize), EvaluationBatchSize);
        Require(nameof(ReportEverySteps), ReportEverySteps);
        Require(nameof(EvaluateEverySteps), EvaluateEverySteps ?? 1);
        if (EvaluateEverySteps is not null && !hasValidation)
        {
            throw new ArgumentException($"TrainingOptions: {nameof(EvaluateEverySteps)} expects validation data, received none.");
        }
    }

    private static void Require(string option, int value)
    {
        if (value < 1)
        {
            throw new ArgumentException($"TrainingOptions: {option} is expected to be at least 1, received {value}.");
        }
    }
}

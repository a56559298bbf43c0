namespace FastConv.Training;

/// <summary>Where training stands.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Of how many.</summary>
    public int Epochs { get; init; }

    /// <summary>Steps done in this epoch.</summary>
    public int EpochStep { get; init; }

    /// <summary>Of how many, unless <see cref="TrainingOptions.MaxSteps"/> ends it earlier.</summary>
    public int EpochSteps { get; init; }

    /// <summary>Steps done altogether.</summary>
    public int Step { get; init; }

    /// <summary>The loss of the last batch.</summary>
    public float Loss { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Mean loss and accuracy of this epoch so far, on the training data as it was learned from.</summary>
    public EvaluationResult Training { get; init; }

    /// <summary>Loss and accuracy on the validation data, where this step or the end of the epoch measured them.</summary>
    public EvaluationResult? Validation { get; init; }

    /// <summary>Samples learned from a second, in this epoch so far.</summary>
    public double ImagesPerSecond { get; init; }

    /// <summary>Whether this is the report that ends the epoch.</summary>
    public bool IsEndOfEpoch { get; init; }
}

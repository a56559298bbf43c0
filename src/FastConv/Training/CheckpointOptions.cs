namespace FastConv.Training;

/// <summary>Where and when <see cref="Trainer.Fit"/> saves, and whether it continues from there.</summary>
/// <param name="Path">The file; replaced in one go each time, so that it is whole whenever the process ends.</param>
public sealed record CheckpointOptions(string Path)
{
    /// <summary>Batches from one save to the next, besides those after epochs; null: only those. With accumulated gradients, the next step of the optimiser.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Epochs from one save to the next; null: none for epochs.</summary>
    public int? EveryEpochs { get; init; } = 1;

    /// <summary>Whether a cancelled training is saved before the exception is thrown.</summary>
    public bool OnCancellation { get; init; } = true;

    /// <summary>
    /// Whether training begins where the file left it, which must be there. Model, optimiser, data and options are to be made as they were; then all bits are
    /// those of a run that was not interrupted.
    /// </summary>
    public bool Resume { get; init; }
}

namespace FastConv.Training;

/// <summary>What a <see cref="TrainingEvent"/> is about.</summary>
public enum TrainingEventKind
{
    /// <summary>Training began: epochs, steps an epoch.</summary>
    Started,

    /// <summary>Training continues from a checkpoint: path, epoch, step.</summary>
    Resumed,

    /// <summary>An epoch ended: its number, training loss and accuracy, monitored value.</summary>
    EpochEnded,

    /// <summary>The monitored number is the best so far: epoch, value.</summary>
    Improved,

    /// <summary>A checkpoint was written: path, epoch, step.</summary>
    CheckpointSaved,

    /// <summary>Training ended before its last epoch: epoch, reason.</summary>
    StoppedEarly,

    /// <summary>Training was cancelled: epoch, step.</summary>
    Cancelled,

    /// <summary>Training ended: steps, seconds.</summary>
    Finished,
}

namespace FastConv.Training;

/// <summary>What a schedule's time counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Batches since the beginning of training: the rate may change with every batch.</summary>
    Step,

    /// <summary>Epochs that lie behind: the rate stays the same within one.</summary>
    Epoch,
}

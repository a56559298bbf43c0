namespace FastConv.Data;

/// <summary>How long an epoch's consumer waited for batches.</summary>
/// <param name="Waiting">From asking for a batch to having it; reading on the caller's thread is waiting too.</param>
/// <param name="Total">From the beginning of the epoch to the answer to the last question for a batch.</param>
public readonly record struct LoadingTime(TimeSpan Waiting, TimeSpan Total)
{
    /// <summary>Waiting over total; 0 before the first batch.</summary>
    public double WaitingShare => Total > TimeSpan.Zero ? Waiting / Total : 0;
}

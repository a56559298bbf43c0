namespace FastConv.Kernels.Normalization;

/// <summary>What a pass reads, each [batch, channels, plane]; null for what it does not need.</summary>
internal readonly unsafe struct ChannelData
{
    public required float* Input { get; init; }

    public float* GradOutput { get; init; }

    /// <summary>What forward wrote, after its activation.</summary>
    public float* Output { get; init; }
}

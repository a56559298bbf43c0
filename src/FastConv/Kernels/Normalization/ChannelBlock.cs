namespace FastConv.Kernels.Normalization;

/// <summary>Some channels of some samples: [FirstSample, EndSample) of each of [FirstChannel, EndChannel).</summary>
internal readonly record struct ChannelBlock(int FirstChannel, int EndChannel, int FirstSample, int EndSample);

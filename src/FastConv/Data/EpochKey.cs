using FastConv.Randomness;

namespace FastConv.Data;

/// <summary>
/// A seed for what one epoch draws, made of the data's own seed: then the samples' or the batches' numbers are its streams. <see cref="DataLoader"/>
/// draws the order of epoch e from stream e of its seed, <see cref="SubsetDataset"/> from stream -1: these are others.
/// </summary>
internal static class EpochKey
{
    private const long AugmentationStream = -2;
    private const long MixingStream = -3;

    public static long Augmentation(long seed, int epoch) => Draw(seed, AugmentationStream, epoch);

    public static long Mixing(long seed, int epoch) => Draw(seed, MixingStream, epoch);

    private static long Draw(long seed, long stream, int epoch)
    {
        (uint low, uint high, _, _) = Philox.Block((ulong)seed, (ulong)stream, (ulong)epoch);
        return (long)(low | (ulong)high << 32);
    }
}

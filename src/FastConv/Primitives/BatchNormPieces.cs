using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Kernels.Normalization;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// How a batch normalisation is cut into blocks of channels and runs of samples, by its sizes alone: never by the number of threads, since a channel's
/// sums are those of its runs.
/// </summary>
internal readonly record struct BatchNormPieces
{
    // Elements of a block: its input, and in backward the gradient too, stay in a core's second-level cache.
    private const int LongestBlock = 64 * 1024;

    // Elements of a block that lie side by side in a sample: to begin somewhere else in memory costs as much as to read many pages, so a block may
    // rather leave the second-level cache for the third.
    private const int ShortestStretch = 16 * 1024;

    // Blocks that keep several threads busy; where there are fewer channels, samples are divided too.
    private const int FewestPieces = 8;
    private const int MostRuns = 16;

    private BatchNormPieces(Partition channels, Partition samples)
    {
        Channels = channels;
        Samples = samples;
    }

    public Partition Channels { get; }

    public Partition Samples { get; }

    public int Count => Channels.Parts * Samples.Parts;

    /// <summary>For passes that sum: whole channels while there are enough of them.</summary>
    public static BatchNormPieces ForSums(BatchNormShape shape)
    {
        int fitting = Math.Max(1, LongestBlock / shape.ValuesPerChannel);
        int stretch = Math.Min(ShortestStretch / shape.Plane, shape.Channels / FewestPieces);
        return Cut(shape, Math.Max(fitting, stretch), LongestBlock);
    }

    /// <summary>For passes that only map: runs of whole samples, which are one stretch of memory, while there are enough of them.</summary>
    public static BatchNormPieces ForMap(BatchNormShape shape)
    {
        int sample = shape.Channels * shape.Plane;
        var samples = new Partition(shape.Batch, shape.Batch, Math.Max(1, LongestBlock / sample));
        return samples.Parts >= FewestPieces
            ? new BatchNormPieces(new Partition(shape.Channels, 1), samples)
            : Cut(shape, Math.Max(1, ThreadGate.ElementsPerPiece / shape.ValuesPerChannel), ThreadGate.ElementsPerPiece);
    }

    public ChannelBlock Block(int index)
    {
        int channels = index % Channels.Parts;
        int samples = index / Channels.Parts;
        return new ChannelBlock(Channels.Start(channels), Channels.End(channels), Samples.Start(samples), Samples.End(samples));
    }

    /// <summary>The run of samples of a block.</summary>
    public int Run(int index) => index / Channels.Parts;

    private static BatchNormPieces Cut(BatchNormShape shape, int channelsPerBlock, int elementsPerPiece)
    {
        // Where single values of the channels lie side by side, a block is whole cache lines of them.
        int grain = shape.Plane < ChannelSumKernel.SmallestPlane ? AlignedBuffer.RoundUp(channelsPerBlock) : channelsPerBlock;
        var channels = new Partition(shape.Channels, shape.Channels, grain);
        int runs = channels.Parts >= FewestPieces ? 1 : Math.Min(MostRuns / channels.Parts, shape.InputShape.Length / elementsPerPiece);
        return new BatchNormPieces(channels, new Partition(shape.Batch, runs));
    }
}

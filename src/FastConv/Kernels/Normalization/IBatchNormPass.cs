using FastConv.Shapes;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// One pass of batch normalisation: sums over every channel, a few numbers from them, and a function of every element. Blocks of channels are done
/// one by one, so that a block is still in the cache when the function comes to it, and by different threads.
/// </summary>
internal interface IBatchNormPass
{
    /// <summary>Whether the function, or a result for each channel, takes sums over the data.</summary>
    bool HasSums { get; }

    /// <summary>What must be known before the block's channels are summed.</summary>
    void Prepare(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel);

    /// <summary>The sums of a block into a part of the scratch; a part has some of the samples.</summary>
    void Sum(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block, int part);

    /// <summary>The results of some channels, and the function's coefficients, when all of their parts are summed.</summary>
    void Finish(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel);

    /// <summary>The function of every element of a block.</summary>
    void Map(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block);
}

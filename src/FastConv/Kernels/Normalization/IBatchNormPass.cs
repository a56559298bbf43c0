using FastConv.Shapes;

namespace FastConv.Kernels.Normalization;

/// <summary>One pass of batch normalisation over some of its channels: everything it reads and writes belongs to them.</summary>
internal interface IBatchNormPass
{
    void Run(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel);
}

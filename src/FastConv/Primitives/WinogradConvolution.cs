using FastConv.Kernels.Winograd;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Convolutions of r x r taps at stride 1 by Winograd's minimal filtering: tiles of the image and filters go to points, where a convolution is a
/// product a point over the channels, with 4 (F(4x4, 3x3)), 2.25 (F(2x2, 3x3)) or 2.78 times (F(2x2, 5x5)) fewer multiplications than the definition.
/// Backward to the input is forward with turned filters; the weights' gradient is a product over the tiles at every point, F(r x r, m x m).
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks" (CVPR 2016).
/// </summary>
/// <typeparam name="TWinograd">The transforms.</typeparam>
internal sealed unsafe class WinogradConvolution<TWinograd>(ConvolutionAlgorithm algorithm, int fewestChannels) : ConvolutionStrategy
    where TWinograd : struct, IWinograd
{
    // Transformed filters take four times the memory of the weights: 600 MB at most.
    private const int MostFilters = 1 << 22;
    private const int FewestTiles = 12;

    // Slots of a layer's packed filters, behind those of the phases of a product.
    private const int ForwardSlot = 2;
    private const int BackwardSlot = 3;

    public override ConvolutionAlgorithm Algorithm => algorithm;

    private static int Taps => TWinograd.Taps * TWinograd.Taps;

    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass) =>
        shape.Groups == 1 && IsDense(shape.Vertical) && IsDense(shape.Horizontal) && (long)shape.InChannels * shape.OutChannels <= MostFilters;

    public override bool IsStrict => false;

    // From so many channels on either side, and a dozen tiles that share the transform of a filter. A gradient's tile of fewer outputs than taps grows
    // too much on its way to points: 9 floats of each in F(2x2, 5x5).
    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass)
    {
        TileAxis vertical = pass == ConvolutionPass.BackwardInput ? TileAxis.Gradient(shape.Vertical) : TileAxis.Forward(shape.Vertical);
        TileAxis horizontal = pass == ConvolutionPass.BackwardInput ? TileAxis.Gradient(shape.Horizontal) : TileAxis.Forward(shape.Horizontal);
        return (pass != ConvolutionPass.BackwardWeight || TWinograd.Tile >= TWinograd.Taps)
            && Math.Min(shape.InChannels, shape.OutChannels) >= fewestChannels
            && (long)shape.Batch * vertical.Tiles(TWinograd.Tile) * horizontal.Tiles(TWinograd.Tile) >= FewestTiles;
    }

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version)
    {
        WinogradPlan plan = WinogradPlan.Create<TWinograd>(
            TileAxis.Forward(shape.Vertical), TileAxis.Forward(shape.Horizontal), shape.Batch, shape.InChannels, shape.OutChannels, maxThreads);
        var filters = new WinogradFilters<TWinograd>(weight, shape.PatchLength, Taps, isTurned: false, shape.OutChannels, shape.InChannels, maxThreads);
        Run(plan, filters, maxThreads, version, ForwardSlot, input, bias, activation == Activation.ReLU, output);
    }

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        WinogradPlan plan = WinogradPlan.Create<TWinograd>(
            TileAxis.Gradient(shape.Vertical), TileAxis.Gradient(shape.Horizontal), shape.Batch, shape.OutChannels, shape.InChannels, maxThreads);
        var filters = new WinogradFilters<TWinograd>(weight, Taps, shape.PatchLength, isTurned: true, shape.InChannels, shape.OutChannels, maxThreads);
        Run(plan, filters, maxThreads, version, BackwardSlot, gradOutput, null, rectifies: false, gradInput);
    }

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads) =>
        WinogradGradient<TWinograd>.Run(shape, input, gradOutput, gradWeight, maxThreads);

    private static void Run(
        WinogradPlan plan,
        WinogradFilters<TWinograd> filters,
        int maxThreads,
        FilterVersion version,
        int slot,
        float* input,
        float* bias,
        bool rectifies,
        float* output)
    {
        if (WinogradStream<TWinograd>.IsMeantFor(plan) && version.Kept?.IsAskedAgain(slot, version.Version) is not true)
        {
            WinogradStream<TWinograd>.Run(plan, filters, maxThreads, input, bias, rectifies, output);
        }
        else
        {
            WinogradProduct<TWinograd>.Run(plan, filters, version, slot, input, bias, rectifies, output);
        }
    }

    private static bool IsDense(WindowAxis axis) => axis is { Stride: 1, Dilation: 1 } && axis.Window == TWinograd.Taps;
}

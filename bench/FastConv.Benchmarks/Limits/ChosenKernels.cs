using FastConv.Benchmarks.Peers;
using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Parallelism;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Benchmarks.Limits;

/// <summary>What FastConv chooses for known shapes, asked from the places that choose.</summary>
internal static class ChosenKernels
{
    private static readonly string[] Sets = ["source", "resnet50_v1_5", "mobilenet_v1_dw"];

    /// <summary>The register tile over the widest vector.</summary>
    public static (int Rows, int Columns) Tile()
    {
        var tile = default(TileOperation);
        SimdDispatch.Run(ref tile);
        return (tile.Rows, tile.Columns);
    }

    public static IReadOnlyList<ProductBlocks> Products() =>
    [
        .. from product in GemmSets.Create(GemmSets.Layers).Cast<GemmWorkload>()
           let blocking = new GemmBlocking(new GemmShape(product.M, product.N, product.K))
           select new ProductBlocks(product.Name, blocking.MC, blocking.KC, blocking.NC),
    ];

    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static IReadOnlyList<LayerKernels> Layers() =>
    [
        .. from layer in ShapeFile.Read(ShapeFile.DefaultPath)
           where Sets.Contains(layer.Set)
           select Choose(layer.Set, layer.Name, layer.Shape.WithBatch(PeersOptions.DefaultBatch)),
    ];

    private static LayerKernels Choose(string set, string name, Conv2dShape shape)
    {
        ConvolutionAlgorithm forward = Algorithm(ConvolutionPass.Forward);
        WinogradPlan? plan = forward switch
        {
            ConvolutionAlgorithm.Winograd4x4 => Plan<Winograd4x4>(shape),
            ConvolutionAlgorithm.Winograd5x5 => Plan<Winograd5x5>(shape),
            _ => null,
        };
        return new LayerKernels(
            set,
            name,
            shape.Batch,
            $"{forward}",
            $"{Algorithm(ConvolutionPass.BackwardInput)}",
            $"{Algorithm(ConvolutionPass.BackwardWeight)}",
            plan?.Rows.Parts * plan?.Channels.Parts,
            plan?.TilesPerBlock);

        ConvolutionAlgorithm Algorithm(ConvolutionPass pass) =>
            ConvolutionPlan.Choose(nameof(ChosenKernels), shape, pass, new ConvolutionOptions()).Algorithm;
    }

    private static WinogradPlan Plan<TWinograd>(Conv2dShape shape)
        where TWinograd : struct, IWinograd => WinogradPlan.Create<TWinograd>(
            TileAxis.Forward(shape.Vertical),
            TileAxis.Forward(shape.Horizontal),
            shape.Batch,
            shape.InChannels,
            shape.OutChannels,
            ThreadSettings.MaxThreads);

    private struct TileOperation : ISimdOperation
    {
        public int Rows { get; private set; }

        public int Columns { get; private set; }

        public void Invoke<V>()
            where V : struct, IVector<V> => (Rows, Columns) = (PanelProduct.TileRows<V>(), TileRow2<V>.Width);
    }
}

using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Memory;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// Forward and backward to the input for many channels and few tiles, where filters at points are far larger than everything else: a piece of the
/// filters, a panel of outputs and a chunk of inputs, goes to points, meets all tiles at once and is forgotten, without ever leaving the second-level
/// cache. An output is one sum over ascending inputs, as in <see cref="WinogradProduct{TWinograd}"/>.
/// </summary>
internal static unsafe class WinogradStream<TWinograd>
    where TWinograd : struct, IWinograd
{
    // Beyond so many tiles, blocks of tiles use a filter often enough to keep it; filters of so many floats stay in the second level by themselves.
    private const int MostTiles = 64;
    private const int FewFilters = 1 << 19;

    // Inputs of a chunk: no power of two, which would put the rows of a register tile into few sets of the cache.
    private const int ChunkInputs = 80;

    private static int Points => TWinograd.Points * TWinograd.Points;

    public static bool IsMeantFor(WinogradPlan plan) =>
        plan.Tiles <= MostTiles && (long)Points * plan.Inputs.Channels * plan.Outputs.Channels > FewFilters;

    /// <summary>output = activation(convolution of the input + bias).</summary>
    public static void Run(WinogradPlan plan, WinogradFilters<TWinograd> filters, int maxThreads, float* input, float* bias, bool rectifies, float* output)
    {
        int inChannels = plan.Inputs.Channels;
        int chunk = Math.Min(ChunkInputs, PointMatrices.WidthOf(inChannels));
        var parts = new Partition(plan.Outputs.Channels, maxThreads, PointProduct.PanelWidth);
        var strips = new Partition(plan.Inputs.Rows, maxThreads);
        int inputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(plan.Tiles, inChannels, chunk)));
        int productLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(plan.Tiles, parts.Longest, PointProduct.PanelWidth)));
        int pieceLength = Workspace.SizeOf(Points * FilterTransform<TWinograd>.PointLength(PointProduct.PanelWidth, chunk));
        int scratchLength = Workspace.SizeOf(TileTransform<TWinograd>.ScratchLength(plan.Inputs.TilesPerRow));
        int workerLength = checked(productLength + pieceLength + scratchLength);
        using var workspace = Workspace.Rent(checked(inputLength + maxThreads * workerLength));
        PointMatrices points = PointMatrices.Create(workspace.Take(inputLength), plan.Tiles, inChannels, chunk);
        float* own = workspace.Take(maxThreads * workerLength);
        var transform = new StripJob(plan.Inputs, input, strips, points, own, workerLength);
        WorkerTeam.Run(ref transform, strips.Parts, maxThreads);
        var product = new PartJob(plan, filters, points, chunk, parts, bias, rectifies, output, own, productLength, pieceLength, workerLength);
        WorkerTeam.Run(ref product, parts.Parts, maxThreads);
    }

    private readonly struct StripJob(TileImages images, float* input, Partition strips, PointMatrices points, float* workspace, int workerLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int first = strips.Start(index);
            TileTransform<TWinograd>.Input(
                images, input, first, strips.End(index), points, first * images.TilesPerRow, workspace + (nint)worker * workerLength);
        }
    }

    // A part of the output channels.
    private readonly struct PartJob(
        WinogradPlan plan,
        WinogradFilters<TWinograd> filters,
        PointMatrices points,
        int chunk,
        Partition parts,
        float* bias,
        bool rectifies,
        float* output,
        float* workspace,
        int productLength,
        int pieceLength,
        int workerLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* own = workspace + (nint)worker * workerLength;
            int first = parts.Start(index);
            int end = parts.End(index);
            PointMatrices products = PointMatrices.Create(own, plan.Tiles, end - first, PointProduct.PanelWidth);
            float* piece = own + productLength;
            for (int inChannel = 0; inChannel < plan.Inputs.Channels; inChannel += chunk)
            {
                for (int panel = first; panel < end; panel += PointProduct.PanelWidth)
                {
                    Multiply(panel, Math.Min(PointProduct.PanelWidth, end - panel), inChannel, piece, products, panel - first);
                }
            }

            TileTransform<TWinograd>.Output(plan.Outputs, products, 0, plan.Outputs.Rows, first, end, bias, rectifies, output, piece + pieceLength);
        }

        private void Multiply(int outChannel, int outputs, int inChannel, float* piece, PointMatrices products, int column)
        {
            int inputs = Math.Min(chunk, plan.Inputs.Channels - inChannel);
            nint pointLength = filters.PieceInto(piece, outChannel, outputs, inChannel, inputs);
            for (int point = 0; point < Points; point++)
            {
                PointProduct.Multiply(
                    plan.Tiles,
                    outputs,
                    inputs,
                    MatrixView.RowMajor(points.Place(point, 0, inChannel), points.Width),
                    piece + point * pointLength,
                    0,
                    PointProduct.PanelWidth,
                    products.Place(point, 0, column),
                    products.Width,
                    inChannel > 0 ? PointSum.Continue : PointSum.Set);
            }
        }
    }
}

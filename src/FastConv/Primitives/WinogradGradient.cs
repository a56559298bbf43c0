using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// The weights' gradient: blocks of tiles of input and output gradient go to points; then, for a few input channels and a panel of output channels
/// at a time, the products over the block's tiles at all points become taps and are added to the gradient, without ever leaving the second-level
/// cache. Blocks follow from the shape alone, so the order of additions does not depend on the threads.
/// </summary>
internal static unsafe class WinogradGradient<TWinograd>
    where TWinograd : struct, IWinograd
{
    // Floats of a block's points: 8 MB, so that the way back to taps is a small part.
    private const int BlockFloats = 1 << 21;
    private const int FewestTiles = 64;
    private const int Taps = 9;
    private const int ChannelsPerPiece = 4 * TileHeight.Most;

    private static int Points => TWinograd.Points * TWinograd.Points;

    /// <summary>Adds to gradWeight.</summary>
    public static void Run(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var inputs = new TileImages(TileAxis.Forward(shape.Vertical), TileAxis.Forward(shape.Horizontal), shape.InChannels, TWinograd.Tile);
        var outputs = new TileImages(TileAxis.Outputs(shape.Vertical), TileAxis.Outputs(shape.Horizontal), shape.OutChannels, TWinograd.Tile);
        int rows = shape.Batch * inputs.RowsPerImage;
        int tilesPerBlock = Math.Max(FewestTiles, BlockFloats / (Points * (shape.InChannels + shape.OutChannels)));
        int rowsPerBlock = Math.Clamp(tilesPerBlock / inputs.TilesPerRow, 1, rows);
        int tiles = rowsPerBlock * inputs.TilesPerRow;
        int inputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(tiles, shape.InChannels, ChannelsPerPiece)));
        int outputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(tiles, shape.OutChannels, PointProduct.PanelWidth)));
        var pieces = new PieceGrid(
            new Partition(shape.InChannels, shape.InChannels, ChannelsPerPiece),
            new Partition(shape.OutChannels, shape.OutChannels, PointProduct.PanelWidth));
        int sumsLength = Points * PointMatrices.PointStrideOf(pieces.Inputs.Longest, PointProduct.PanelWidth, PointProduct.PanelWidth);
        int scratchLength = Workspace.SizeOf(Math.Max(TileTransform<TWinograd>.ScratchLength(inputs.TilesPerRow), sumsLength));
        using var workspace = Workspace.Rent(checked(inputLength + outputLength + maxThreads * scratchLength));
        PointMatrices inputPoints = PointMatrices.Create(workspace.Take(inputLength), tiles, shape.InChannels, ChannelsPerPiece);
        PointMatrices outputPoints = PointMatrices.Create(workspace.Take(outputLength), tiles, shape.OutChannels, PointProduct.PanelWidth);
        float* scratch = workspace.Take(maxThreads * scratchLength);
        for (int first = 0; first < rows; first += rowsPerBlock)
        {
            int end = Math.Min(first + rowsPerBlock, rows);
            var transform = new TransformJob(inputs, input, inputPoints, outputs, gradOutput, outputPoints, first, scratch, scratchLength);
            WorkerTeam.Run(ref transform, 2 * (end - first), maxThreads);
            var product = new PieceJob(
                pieces, inputPoints, outputPoints, (end - first) * inputs.TilesPerRow, scratch, scratchLength, gradWeight, shape.InChannels);
            WorkerTeam.Run(ref product, pieces.Inputs.Parts * pieces.Outputs.Parts, maxThreads);
        }
    }

    // One row of tiles of the input, or of the gradient.
    private readonly struct TransformJob(
        TileImages inputs,
        float* input,
        PointMatrices inputPoints,
        TileImages outputs,
        float* gradOutput,
        PointMatrices outputPoints,
        int first,
        float* scratch,
        int scratchLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* own = scratch + (nint)worker * scratchLength;
            (int row, int isGradient) = Math.DivRem(index, 2);
            if (isGradient == 0)
            {
                TileTransform<TWinograd>.Input(inputs, input, first + row, first + row + 1, inputPoints, row * inputs.TilesPerRow, own);
            }
            else
            {
                TileTransform<TWinograd>.Gradient(outputs, gradOutput, first + row, first + row + 1, outputPoints, row * inputs.TilesPerRow, own);
            }
        }
    }

    private readonly record struct PieceGrid(Partition Inputs, Partition Outputs);

    private readonly struct PieceJob(
        PieceGrid pieces,
        PointMatrices inputPoints,
        PointMatrices outputPoints,
        int tiles,
        float* scratch,
        int scratchLength,
        float* gradWeight,
        int inChannels) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int outputPart, int inputPart) = Math.DivRem(index, pieces.Inputs.Parts);
            int input = pieces.Inputs.Start(inputPart);
            int inputs = pieces.Inputs.End(inputPart) - input;
            int output = pieces.Outputs.Start(outputPart);
            int outputs = pieces.Outputs.End(outputPart) - output;
            PointMatrices sums = PointMatrices.Create(scratch + (nint)worker * scratchLength, inputs, PointProduct.PanelWidth, PointProduct.PanelWidth);
            for (int point = 0; point < Points; point++)
            {
                PointProduct.Multiply(
                    inputs,
                    outputs,
                    tiles,
                    MatrixView.RowMajor(inputPoints.Place(point, 0, input), inputPoints.Width, transpose: true),
                    outputPoints.Place(point, 0, output),
                    PointProduct.PanelWidth,
                    outputPoints.Width,
                    sums.Place(point, 0, 0),
                    sums.Width);
            }

            FilterTransform<TWinograd>.Gradient(sums, outputs, inputs, gradWeight + ((nint)output * inChannels + input) * Taps, inChannels * Taps);
        }
    }
}

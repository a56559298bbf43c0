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
    // Floats of a block's points: 4 MB, so that the way back to taps is a small part.
    private const int BlockFloats = 1 << 20;
    private const int FewestTiles = 64;
    private const int Taps = 9;
    private const int InputsPerPanel = 4 * TileHeight.Most;

    // A piece's sums at all points stay in the second level of the caches, a panel of outputs over so many tiles in the first.
    private const int InputsPerPiece = 3 * InputsPerPanel;
    private const int OutputsPerPiece = 2 * PointProduct.PanelWidth;
    private const int TilesPerStep = 192;
    private const int RowsPerStrip = 4;

    private static int Points => TWinograd.Points * TWinograd.Points;

    /// <summary>Adds to gradWeight.</summary>
    public static void Run(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var inputs = new TileImages(TileAxis.Forward(shape.Vertical), TileAxis.Forward(shape.Horizontal), shape.Batch, shape.InChannels, TWinograd.Tile);
        var outputs = new TileImages(TileAxis.Outputs(shape.Vertical), TileAxis.Outputs(shape.Horizontal), shape.Batch, shape.OutChannels, TWinograd.Tile);
        int rows = inputs.Rows;
        int tilesPerBlock = Math.Max(FewestTiles, BlockFloats / (Points * (shape.InChannels + shape.OutChannels)));
        int rowsPerBlock = Math.Clamp(tilesPerBlock / inputs.TilesPerRow, 1, rows);
        int tiles = rowsPerBlock * inputs.TilesPerRow;
        int inputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(tiles, shape.InChannels, InputsPerPanel)));
        int outputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(tiles, shape.OutChannels, PointProduct.PanelWidth)));
        var pieces = PieceGrid.Create(shape.InChannels, shape.OutChannels, maxThreads);
        int sumsLength = checked(Points * PointMatrices.PointStrideOf(pieces.Inputs.Longest, pieces.Outputs.Longest, OutputsPerPiece));
        int scratchLength = Workspace.SizeOf(Math.Max(TileTransform<TWinograd>.ScratchLength(inputs.TilesPerRow), sumsLength));
        using var workspace = Workspace.Rent(checked(inputLength + outputLength + maxThreads * scratchLength));
        PointMatrices inputPoints = PointMatrices.Create(workspace.Take(inputLength), tiles, shape.InChannels, InputsPerPanel);
        PointMatrices outputPoints = PointMatrices.Create(workspace.Take(outputLength), tiles, shape.OutChannels, PointProduct.PanelWidth);
        float* scratch = workspace.Take(maxThreads * scratchLength);
        for (int first = 0; first < rows; first += rowsPerBlock)
        {
            int end = Math.Min(first + rowsPerBlock, rows);
            var strips = new Partition(end - first, (end - first - 1) / RowsPerStrip + 1);
            var transform = new TransformJob(inputs, input, inputPoints, outputs, gradOutput, outputPoints, first, strips, scratch, scratchLength);
            WorkerTeam.Run(ref transform, 2 * strips.Parts, maxThreads);
            var product = new PieceJob(
                pieces, inputPoints, outputPoints, (end - first) * inputs.TilesPerRow, scratch, scratchLength, gradWeight, shape.InChannels);
            WorkerTeam.Run(ref product, pieces.Inputs.Parts * pieces.Outputs.Parts, maxThreads);
        }
    }

    // A few rows of tiles of the input, or of the gradient.
    private readonly struct TransformJob(
        TileImages inputs,
        float* input,
        PointMatrices inputPoints,
        TileImages outputs,
        float* gradOutput,
        PointMatrices outputPoints,
        int first,
        Partition strips,
        float* scratch,
        int scratchLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* own = scratch + (nint)worker * scratchLength;
            (int strip, int isGradient) = Math.DivRem(index, 2);
            int row = strips.Start(strip);
            int end = strips.End(strip);
            if (isGradient == 0)
            {
                TileTransform<TWinograd>.Input(inputs, input, first + row, first + end, inputPoints, row * inputs.TilesPerRow, own);
            }
            else
            {
                TileTransform<TWinograd>.Gradient(outputs, gradOutput, first + row, first + end, outputPoints, row * inputs.TilesPerRow, own);
            }
        }
    }

    private readonly record struct PieceGrid(Partition Inputs, Partition Outputs)
    {
        // Large pieces read the points less often; with threads, a multiple of as many.
        public static PieceGrid Create(int inputs, int outputs, int maxThreads)
        {
            int outputParts = ((outputs - 1) / OutputsPerPiece / maxThreads + 1) * maxThreads;
            var partition = new Partition(outputs, outputParts, PointProduct.PanelWidth);
            int inputParts = Math.Max((inputs - 1) / InputsPerPiece, (maxThreads - 1) / partition.Parts) + 1;
            return new PieceGrid(new Partition(inputs, inputParts, InputsPerPanel), partition);
        }
    }

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
            PointMatrices sums = PointMatrices.Create(scratch + (nint)worker * scratchLength, inputs, outputs, OutputsPerPiece);
            for (int point = 0; point < Points; point++)
            {
                for (int tile = 0; tile < tiles; tile += TilesPerStep)
                {
                    Multiply(point, tile, input, inputs, output, outputs, sums);
                }
            }

            FilterTransform<TWinograd>.Gradient(sums, outputs, inputs, gradWeight + ((nint)output * inChannels + input) * Taps, inChannels * Taps);
        }

        private void Multiply(int point, int tile, int input, int inputs, int output, int outputs, PointMatrices sums)
        {
            for (int column = 0; column < outputs; column += PointProduct.PanelWidth)
            {
                for (int row = 0; row < inputs; row += InputsPerPanel)
                {
                    PointProduct.Multiply(
                        Math.Min(InputsPerPanel, inputs - row),
                        Math.Min(PointProduct.PanelWidth, outputs - column),
                        Math.Min(TilesPerStep, tiles - tile),
                        MatrixView.RowMajor(inputPoints.Place(point, tile, input + row), InputsPerPanel, transpose: true),
                        outputPoints.Place(point, tile, output + column),
                        PointProduct.PanelWidth,
                        PointProduct.PanelWidth,
                        sums.Place(point, row, column),
                        sums.Width,
                        accumulates: tile > 0);
                }
            }
        }
    }
}

using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// The weights' gradient of a block of tiles: input and output gradient go to points; then, for a piece of the input and output channels at a time, the
/// products over the block's tiles at all points become taps and are added to the gradient, without ever leaving the second-level cache.
/// </summary>
internal readonly unsafe struct WinogradGradientBlocks<TWinograd>
    where TWinograd : struct, IWinograd
{
    // Floats of a block's points: 2 MB, the second level of one core, or more where the way back to taps would be met for too few tiles.
    private const int BlockFloats = 1 << 19;
    private const int FewestTiles = 128;
    private const int InputsPerPanel = 4 * TileHeight.Most;

    // A piece's sums at all points stay in the second level of the caches, a panel of outputs over so many tiles in the first. The sum over the tiles of a
    // step is added as a whole: over thousands of tiles, one accumulator would round worse than a direct convolution does.
    private const int InputsPerPiece = 3 * InputsPerPanel;
    private const int OutputsPerPiece = 2 * PointProduct.PanelWidth;
    private const int TilesPerStep = 128;
    private const int RowsPerStrip = 4;

    private readonly TileImages _inputs;
    private readonly TileImages _outputs;
    private readonly Partition _blocks;
    private readonly PieceGrid _pieces;
    private readonly int _threads;
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly int _scratchLength;

    /// <summary>Blocks of a shape, which do not depend on the threads that share each of them.</summary>
    public WinogradGradientBlocks(Conv2dShape shape, int threads)
    {
        _inputs = new TileImages(TileAxis.Forward(shape.Vertical), TileAxis.Forward(shape.Horizontal), shape.Batch, shape.InChannels, TWinograd.Tile);
        _outputs = new TileImages(TileAxis.Outputs(shape.Vertical), TileAxis.Outputs(shape.Horizontal), shape.Batch, shape.OutChannels, TWinograd.Tile);
        int tilesPerBlock = Math.Max(FewestTiles, BlockFloats / (Points * (shape.InChannels + shape.OutChannels)));
        int rowsPerBlock = Math.Clamp(tilesPerBlock / _inputs.TilesPerRow, 1, _inputs.Rows);
        int blocks = (_inputs.Rows - 1) / rowsPerBlock + 1;
        _blocks = new Partition(_inputs.Rows, blocks > 1 ? Math.Min(blocks + blocks % 2, _inputs.Rows) : 1);
        _pieces = PieceGrid.Create(shape.InChannels, shape.OutChannels, threads);
        _threads = threads;
        _inputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(Tiles, shape.InChannels, InputsPerPanel)));
        _outputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(Tiles, shape.OutChannels, PointProduct.PanelWidth)));
        int sumsLength = checked(Points * PointMatrices.PointStrideOf(_pieces.Inputs.Longest, _pieces.Outputs.Longest, OutputsPerPiece));
        _scratchLength = Workspace.SizeOf(Math.Max(TileTransform<TWinograd>.ScratchLength(_inputs.TilesPerRow), sumsLength));
    }

    public int Count => _blocks.Parts;

    /// <summary>Floats of workspace for one block at a time.</summary>
    public int WorkspaceLength => checked(_inputLength + _outputLength + _threads * _scratchLength);

    private static int Points => TWinograd.Points * TWinograd.Points;

    private int Tiles => _blocks.Longest * _inputs.TilesPerRow;

    /// <summary>Adds the gradient of one block.</summary>
    public void Add(int block, float* input, float* gradOutput, float* gradWeight, float* workspace)
    {
        int first = _blocks.Start(block);
        int rows = _blocks.End(block) - first;
        PointMatrices inputPoints = PointMatrices.Create(workspace, Tiles, _inputs.Channels, InputsPerPanel);
        PointMatrices outputPoints = PointMatrices.Create(workspace + _inputLength, Tiles, _outputs.Channels, PointProduct.PanelWidth);
        float* scratch = workspace + _inputLength + _outputLength;
        var strips = new Partition(rows, (rows - 1) / RowsPerStrip + 1);
        var transform = new TransformJob(_inputs, input, inputPoints, _outputs, gradOutput, outputPoints, first, strips, scratch, _scratchLength);
        WorkerTeam.Run(ref transform, 2 * strips.Parts, _threads);
        var product = new PieceJob(
            _pieces, inputPoints, outputPoints, rows * _inputs.TilesPerRow, scratch, _scratchLength, gradWeight, _inputs.Channels);
        WorkerTeam.Run(ref product, _pieces.Inputs.Parts * _pieces.Outputs.Parts, _threads);
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

            FilterTransform<TWinograd>.Gradient(sums, outputs, inputs, gradWeight + ((nint)output * inChannels + input) * FilterTransform<TWinograd>.Taps, inChannels * FilterTransform<TWinograd>.Taps);
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
                        tile > 0 ? PointSum.Add : PointSum.Set);
                }
            }
        }
    }
}

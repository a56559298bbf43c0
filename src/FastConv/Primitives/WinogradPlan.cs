using FastConv.Kernels.Winograd;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// How a convolution at points is cut: blocks of whole rows of tiles, and where these are fewer than the threads, blocks of output channels as well,
/// each of which transforms the tiles again. No cut changes a bit: an output is one sum over all channels.
/// </summary>
internal readonly struct WinogradPlan
{
    // Floats of the points of a block before and after the product: 512 KB stay in the second level of the caches, beside what streams through it.
    private const int BlockFloats = 1 << 17;

    // Filters at points beyond so many floats come from the third level again for every block: more tiles share them.
    private const int FilterFloats = 1 << 19;
    private const int FewestTiles = 32;
    private const int FewestTilesOfManyFilters = 64;

    private WinogradPlan(TileImages inputs, TileImages outputs, int points, int maxThreads)
    {
        Inputs = inputs;
        Outputs = outputs;
        int inChannels = inputs.Channels;
        int outChannels = outputs.Channels;
        int fewest = (long)points * inChannels * outChannels > FilterFloats ? FewestTilesOfManyFilters : FewestTiles;
        int tilesPerBlock = Math.Max(fewest, BlockFloats / (points * (inChannels + outChannels)));
        int rows = Inputs.Rows;
        int rowsPerBlock = Math.Clamp(tilesPerBlock / Inputs.TilesPerRow, 1, rows);
        int blocks = (rows - 1) / rowsPerBlock + 1;
        Rows = new Partition(rows, blocks < maxThreads || blocks % maxThreads == 0 ? blocks : (blocks / maxThreads + 1) * maxThreads);
        Channels = new Partition(outChannels, (maxThreads - 1) / Rows.Parts + 1, PointProduct.PanelWidth);
        Threads = Math.Min(maxThreads, Rows.Parts * Channels.Parts);
        TilesPerBlock = Rows.Longest * Inputs.TilesPerRow;
    }

    public TileImages Inputs { get; }

    public TileImages Outputs { get; }

    public int Tiles => Inputs.Rows * Inputs.TilesPerRow;

    /// <summary>Rows of tiles in blocks.</summary>
    public Partition Rows { get; }

    /// <summary>Output channels in blocks of whole panels.</summary>
    public Partition Channels { get; }

    public int Threads { get; }

    public int TilesPerBlock { get; }

    public static WinogradPlan Create<TWinograd>(TileAxis vertical, TileAxis horizontal, int batch, int inChannels, int outChannels, int maxThreads)
        where TWinograd : struct, IWinograd => new(
            new TileImages(vertical, horizontal, batch, inChannels, TWinograd.Tile),
            new TileImages(vertical, horizontal, batch, outChannels, TWinograd.Tile),
            TWinograd.Points * TWinograd.Points,
            maxThreads);
}

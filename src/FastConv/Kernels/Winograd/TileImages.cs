namespace FastConv.Kernels.Winograd;

/// <summary>Images cut into tiles, numbered through the tiles of a row, the rows of an image, the images.</summary>
/// <param name="vertical">Along the height.</param>
/// <param name="horizontal">Along the width.</param>
/// <param name="batch">Images.</param>
/// <param name="channels">Channels of the images.</param>
/// <param name="tile">Outputs of a tile along an axis.</param>
internal readonly unsafe struct TileImages(TileAxis vertical, TileAxis horizontal, int batch, int channels, int tile)
{
    public TileAxis Vertical { get; } = vertical;

    public TileAxis Horizontal { get; } = horizontal;

    public int Channels { get; } = channels;

    public int RowsPerImage { get; } = vertical.Tiles(tile);

    public int TilesPerRow { get; } = horizontal.Tiles(tile);

    /// <summary>Rows of tiles of all images.</summary>
    public int Rows => batch * RowsPerImage;

    public int InputPlane => Vertical.Input * Horizontal.Input;

    public int OutputPlane => Vertical.Output * Horizontal.Output;

    /// <summary>The images that are read, or made, from the one of a row of tiles on.</summary>
    public float* ImageOf(float* images, int row, int plane) => images + (nint)(row / RowsPerImage) * Channels * plane;
}

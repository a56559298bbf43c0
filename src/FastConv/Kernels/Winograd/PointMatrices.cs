namespace FastConv.Kernels.Winograd;

/// <summary>
/// One matrix [tiles, channels] for every point of a transform, in panels of a few channels or in one of all. Point (i, j) is number
/// i * points + j. Element (tile, channel) of a matrix lies at <c>channel / width * panelStride + tile * width + channel % width</c>.
/// </summary>
/// <param name="data">The first element of the first matrix.</param>
/// <param name="pointStride">Between matrices, an odd number of cache lines, so that a tile's points do not compete for one set of the cache.</param>
/// <param name="panelStride">Between panels.</param>
/// <param name="width">Channels of a panel, and between the rows of it: whole widest vectors.</param>
internal readonly unsafe struct PointMatrices(float* data, nint pointStride, nint panelStride, int width)
{
    private const int CacheLine = 16;

    public nint PointStride { get; } = pointStride;

    public int Width { get; } = width;

    /// <summary>One panel of all channels; not a power of two, which would put the rows of a register tile into few sets of the cache.</summary>
    public static int WidthOf(int channels)
    {
        int width = (channels + CacheLine - 1) / CacheLine * CacheLine;
        return width % (4 * CacheLine) == 0 ? width + CacheLine : width;
    }

    /// <summary>Floats from one matrix to the next.</summary>
    public static int PointStrideOf(int tiles, int channels, int width) => (checked(Panels(channels, width) * tiles * width) / CacheLine | 1) * CacheLine;

    public static PointMatrices Create(float* data, int tiles, int channels, int width) =>
        new(data, PointStrideOf(tiles, channels, width), (nint)tiles * width, width);

    /// <summary>An element of the first matrix.</summary>
    public float* Place(int tile, int channel) => data + channel / Width * panelStride + (nint)tile * Width + channel % Width;

    /// <summary>The same element of the matrix of a point.</summary>
    public float* Place(int point, int tile, int channel) => Place(tile, channel) + point * PointStride;

    private static int Panels(int channels, int width) => (channels - 1) / width + 1;
}

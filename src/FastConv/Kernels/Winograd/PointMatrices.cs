namespace FastConv.Kernels.Winograd;

/// <summary>One matrix [tiles, channels] for every point of a transform. Point (i, j) is number i * points + j.</summary>
/// <param name="data">The first element of the first matrix.</param>
/// <param name="pointStride">Between matrices, an odd number of cache lines, so that a tile's points do not compete for one set of the cache.</param>
/// <param name="tileStride">Between the rows of a matrix: channels and what fills the last vector.</param>
internal readonly unsafe struct PointMatrices(float* data, nint pointStride, nint tileStride)
{
    private const int CacheLine = 16;

    public float* Data { get; } = data;

    public nint PointStride { get; } = pointStride;

    public nint TileStride { get; } = tileStride;

    /// <summary>Whole widest vectors, and not a power of two, which would put the rows of a register tile into few sets of the cache.</summary>
    public static int TileStrideOf(int channels)
    {
        int stride = (channels + CacheLine - 1) / CacheLine * CacheLine;
        return stride % (4 * CacheLine) == 0 ? stride + CacheLine : stride;
    }

    public static int PointStrideOf(int tiles, int channels) => (tiles * TileStrideOf(channels) / CacheLine | 1) * CacheLine;

    public static PointMatrices Create(float* data, int tiles, int channels) => new(data, PointStrideOf(tiles, channels), TileStrideOf(channels));

    /// <summary>The same from a row on.</summary>
    public PointMatrices FromTile(int tile) => new(Data + tile * TileStride, PointStride, TileStride);

    /// <summary>The matrix of a point.</summary>
    public float* At(int point) => Data + point * PointStride;
}

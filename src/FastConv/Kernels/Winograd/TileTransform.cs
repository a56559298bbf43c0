using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// Rows of tiles to points and back. A vector holds as many channels of one pixel; a row of tiles is turned into a strip, transformed along the
/// columns, then along the rows.
/// </summary>
/// <typeparam name="TWinograd">The transforms.</typeparam>
internal static unsafe class TileTransform<TWinograd>
    where TWinograd : struct, IWinograd
{
    /// <summary>Floats of scratch that a row of tiles needs.</summary>
    public static int ScratchLength(int tilesPerRow) => (TWinograd.Points + TWinograd.Tile) * StripLength(tilesPerRow) * SimdDispatch.ReductionLanes;

    /// <summary>Images to points: B^T d B for every tile of the rows [first, end) and every channel.</summary>
    /// <param name="images">The geometry.</param>
    /// <param name="input">All images.</param>
    /// <param name="first">The first row of tiles.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="points">Where the points go.</param>
    /// <param name="firstTile">The tile of the points that the first row begins with.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    public static void Input(TileImages images, float* input, int first, int end, PointMatrices points, int firstTile, float* scratch)
    {
        var call = new InputCall(images, input, first, end, points, firstTile, scratch);
        SimdDispatch.Run(ref call);
    }

    /// <summary>Gradients of outputs to points: G g G^T with the G of F(r, m).</summary>
    /// <inheritdoc cref="Input"/>
    public static void Gradient(TileImages images, float* gradOutput, int first, int end, PointMatrices points, int firstTile, float* scratch)
    {
        var call = new GradientCall(images, gradOutput, first, end, points, firstTile, scratch);
        SimdDispatch.Run(ref call);
    }

    /// <summary>Points to images: A^T m A for the channels [firstChannel, endChannel), plus the bias, then the maximum with 0 if wanted.</summary>
    /// <param name="images">The geometry; its channels are those of the output.</param>
    /// <param name="points">Column 0 is <paramref name="firstChannel"/>.</param>
    /// <param name="first">The first row of tiles.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="firstChannel">The first channel.</param>
    /// <param name="endChannel">Behind the last.</param>
    /// <param name="bias">[channels], or null: 0.</param>
    /// <param name="rectifies">Whether max(x, 0) is stored.</param>
    /// <param name="output">All images.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    public static void Output(
        TileImages images, PointMatrices points, int first, int end, int firstChannel, int endChannel, float* bias, bool rectifies, float* output, float* scratch)
    {
        var call = new OutputCall(images, points, first, end, firstChannel, endChannel, bias, rectifies, output, scratch);
        SimdDispatch.Run(ref call);
    }

    // Pixels of a strip: those that the tiles of a row read.
    private static int StripLength(int tilesPerRow) => tilesPerRow * TWinograd.Tile + TWinograd.Points - TWinograd.Tile;

    private readonly struct InputCall(TileImages images, float* input, int first, int end, PointMatrices points, int firstTile, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int length = StripLength(images.TilesPerRow);
            nint rowStep = (nint)length * V.Count;
            for (int channel = 0; channel < images.Channels; channel += V.Count)
            {
                for (int row = first; row < end; row++)
                {
                    LoadStrip<V>(images, input, row, channel, TWinograd.Points, scratch, length);
                    for (nint x = 0; x < rowStep; x += V.Count)
                    {
                        TWinograd.Input<V>(scratch + x, rowStep, scratch + x, rowStep);
                    }

                    float* target = points.Place(firstTile + (row - first) * images.TilesPerRow, channel);
                    for (int t = 0; t < images.TilesPerRow; t++, target += points.Width)
                    {
                        float* source = scratch + (nint)t * TWinograd.Tile * V.Count;
                        for (int i = 0; i < TWinograd.Points; i++)
                        {
                            TWinograd.Input<V>(source + i * rowStep, V.Count, target + i * TWinograd.Points * points.PointStride, points.PointStride);
                        }
                    }
                }
            }
        }
    }

    private readonly struct GradientCall(TileImages images, float* gradOutput, int first, int end, PointMatrices points, int firstTile, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int length = images.TilesPerRow * TWinograd.Tile;
            nint rowStep = (nint)length * V.Count;
            float* columns = scratch + TWinograd.Tile * rowStep;
            for (int channel = 0; channel < images.Channels; channel += V.Count)
            {
                for (int row = first; row < end; row++)
                {
                    LoadStrip<V>(images, gradOutput, row, channel, TWinograd.Tile, scratch, length);
                    for (nint x = 0; x < rowStep; x += V.Count)
                    {
                        TWinograd.Gradient<V>(scratch + x, rowStep, columns + x, rowStep);
                    }

                    float* target = points.Place(firstTile + (row - first) * images.TilesPerRow, channel);
                    for (int t = 0; t < images.TilesPerRow; t++, target += points.Width)
                    {
                        float* source = columns + (nint)t * TWinograd.Tile * V.Count;
                        for (int i = 0; i < TWinograd.Points; i++)
                        {
                            TWinograd.Gradient<V>(source + i * rowStep, V.Count, target + i * TWinograd.Points * points.PointStride, points.PointStride);
                        }
                    }
                }
            }
        }
    }

    private static void LoadStrip<V>(TileImages images, float* input, int row, int channel, int rows, float* strip, int length)
        where V : struct, IVector<V>
    {
        ChannelStrip.Load<V>(
            images.ImageOf(input, row, images.InputPlane) + (nint)channel * images.InputPlane,
            images.Vertical.Input,
            images.Horizontal.Input,
            Math.Min(V.Count, images.Channels - channel),
            row % images.RowsPerImage * TWinograd.Tile - images.Vertical.Before,
            images.Horizontal.Before,
            strip,
            rows,
            length);
    }

    private readonly struct OutputCall(
        TileImages images,
        PointMatrices points,
        int first,
        int end,
        int firstChannel,
        int endChannel,
        float* bias,
        bool rectifies,
        float* output,
        float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int length = images.TilesPerRow * TWinograd.Tile;
            nint rowStep = (nint)length * V.Count;
            nint columnStep = (nint)TWinograd.Points * V.Count;
            float* columns = scratch + TWinograd.Tile * rowStep;
            for (int channel = firstChannel; channel < endChannel; channel += V.Count)
            {
                for (int row = first; row < end; row++)
                {
                    float* source = points.Place((row - first) * images.TilesPerRow, channel - firstChannel);
                    for (int t = 0; t < images.TilesPerRow; t++)
                    {
                        float* tile = source + (nint)t * points.Width;
                        for (int j = 0; j < TWinograd.Points; j++)
                        {
                            TWinograd.Output<V>(tile + j * points.PointStride, TWinograd.Points * points.PointStride, columns + j * V.Count, columnStep);
                        }

                        float* target = scratch + (nint)t * TWinograd.Tile * V.Count;
                        for (int i = 0; i < TWinograd.Tile; i++)
                        {
                            TWinograd.Output<V>(columns + i * columnStep, V.Count, target + i * rowStep, V.Count);
                        }
                    }

                    StoreStrip<V>(row, channel, length);
                }
            }
        }

        private void StoreStrip<V>(int row, int channel, int length)
            where V : struct, IVector<V>
        {
            int width = images.Horizontal.Output;
            int channels = Math.Min(V.Count, endChannel - channel);
            int y = row % images.RowsPerImage * TWinograd.Tile;
            int rows = Math.Min(TWinograd.Tile, images.Vertical.Output - y);
            if (bias != null || rectifies)
            {
                V offset = bias == null ? V.Zero : V.LoadFirst(bias + channel, channels);
                for (float* pixel = scratch; pixel < scratch + (nint)rows * length * V.Count; pixel += V.Count)
                {
                    V sum = V.Load(pixel) + offset;
                    (rectifies ? V.Max(sum, V.Zero) : sum).Store(pixel);
                }
            }

            float* plane = images.ImageOf(output, row, images.OutputPlane) + (nint)channel * images.OutputPlane;
            ChannelStrip.Store<V>(scratch, rows, length, plane + (nint)y * width, images.OutputPlane, channels, width);
        }
    }
}

using FastConv.Counters;
using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.PerfGate.Work;

/// <summary>What an operation comes to on one thread, from its shape and the block sizes.</summary>
internal static unsafe class WorkFormulas
{
    // Fewer columns do not repay packing A.
    private const int ColumnsWorthPacking = 192;

    // Pixels of a piece: as many as fill a packed block, at most 512, whole panels of 32.
    private const int MostPixels = 512;
    private const int PanelColumns = 32;

    // F(4, 3) and F(2, 5): 6 points an axis, as many outputs of a tile as the taps leave; blocks of the gradient have 2^19 floats of points,
    // or 128 tiles; there is one, or an even number.
    private const int PointsPerAxis = 6;
    private const int Points = PointsPerAxis * PointsPerAxis;
    private const int GradientBlock = 1 << 19;
    private const int FewestGradientTiles = 128;

    /// <summary>No job, no packing: one product.</summary>
    public static WorkCount SmallProduct => new(0, 1, 0, 0, 0);

    /// <summary>B is read as it lies: a job, one product, no packing.</summary>
    public static WorkCount DotRows => new(1, 1, 0, 0, 0);

    /// <summary>Every element of A is packed once where that pays, B once for every block of A's rows.</summary>
    public static WorkCount Product(GemmShape shape)
    {
        var blocking = new GemmBlocking(shape);
        long rowBlocks = Blocks(shape.M, blocking.MC);
        long products = rowBlocks * Blocks(shape.K, blocking.KC) * Blocks(shape.N, blocking.NC);
        return new WorkCount(1, products, shape.N >= ColumnsWorthPacking ? (long)shape.M * shape.K : 0, rowBlocks * shape.K * shape.N, 0);
    }

    /// <summary>Filters [M, K] times windows [K, P] for each group: one job packs the filters, unless they are kept; every window is packed once.</summary>
    public static WorkCount WindowProduct(int rows, int channels, int taps, long pixels, int groups, bool isKept)
    {
        int channelsPerBlock = GemmBlocking.Even(channels, Math.Max(1, GemmBlocking.LargestKC / taps), 1);
        int columns = Math.Min(GemmBlocking.ColumnsFor(channelsPerBlock * taps), MostPixels);
        long ranges = Math.Min(Blocks(pixels, columns), Blocks(pixels, PanelColumns));
        long k = (long)channels * taps;
        return new WorkCount(isKept ? 1 : 2, groups * ranges * Blocks(channels, channelsPerBlock), isKept ? 0 : groups * rows * k, groups * k * pixels, 0);
    }

    /// <summary>A product over the windows of the input.</summary>
    public static WorkCount Forward(Conv2dShape shape, bool isKept = false) => WindowProduct(
        shape.GroupOutChannels,
        shape.GroupInChannels,
        shape.Vertical.Window * shape.Horizontal.Window,
        (long)shape.Batch * shape.OutputPlane,
        shape.Groups,
        isKept);

    /// <summary>A product over the windows of the gradient for each phase of the stride; together they have all taps and all pixels of the input.</summary>
    public static WorkCount BackwardInput(Conv2dShape shape)
    {
        var sum = default(WorkCount);
        for (int row = 0; row < shape.Vertical.Stride; row++)
        {
            for (int column = 0; column < shape.Horizontal.Stride; column++)
            {
                TapAxis vertical = TapAxis.Gradient(shape.Vertical, row);
                TapAxis horizontal = TapAxis.Gradient(shape.Horizontal, column);
                long pixels = (long)shape.Batch * vertical.Output * horizontal.Output;
                sum += WindowProduct(shape.GroupInChannels, shape.GroupOutChannels, vertical.Taps * horizontal.Taps, pixels, shape.Groups, isKept: false);
            }
        }

        return sum;
    }

    /// <summary>
    /// A product over the pixels: the gradient of the output is packed once for every part of the input's channels; several runs take a second job that
    /// adds them. For kernels larger than a pixel, whose windows are never the packed operand.
    /// </summary>
    public static WorkCount BackwardWeight(Conv2dShape shape)
    {
        var windows = new WindowMatrix(
            TapAxis.Forward(shape.Vertical), TapAxis.Forward(shape.Horizontal), null, shape.InChannels * shape.InputPlane, shape.GroupInChannels, shape.Batch);
        var plan = new WeightGradientPlan(windows, shape.GroupOutChannels, shape.Groups, maxThreads: 1);
        long blocks = Enumerable.Range(0, plan.Runs.Parts).Sum(run => Blocks(plan.Runs.End(run) - plan.Runs.Start(run), plan.PixelsPerBlock));
        long pixels = (long)shape.Batch * shape.OutputPlane;
        return new WorkCount(
            plan.HasOneRun ? 1 : 2, shape.Groups * plan.Columns.Parts * plan.Channels.Parts * blocks, 0, plan.Channels.Parts * shape.OutChannels * pixels, 0);
    }

    /// <summary>Every filter goes to points once; one job does that, or the tiles where filters are met piece by piece, and one does the rest.</summary>
    public static WorkCount Winograd(Conv2dShape shape) => new(2, 0, 0, 0, (long)shape.InChannels * shape.OutChannels);

    /// <summary>No filters; a job to points and one of products for every block of tiles.</summary>
    public static WorkCount WinogradGradient(Conv2dShape shape)
    {
        int tile = PointsPerAxis + 1 - shape.Horizontal.Window;
        int tilesPerRow = (int)Blocks(shape.Horizontal.Output, tile);
        int rows = shape.Batch * (int)Blocks(shape.Vertical.Output, tile);
        int tilesPerBlock = Math.Max(FewestGradientTiles, GradientBlock / (Points * (shape.InChannels + shape.OutChannels)));
        long blocks = Blocks(rows, Math.Clamp(tilesPerBlock / tilesPerRow, 1, rows));
        return new WorkCount(2 * (blocks > 1 ? Blocks(blocks, 2) * 2 : 1), 0, 0, 0, 0);
    }

    /// <summary>One job and no product.</summary>
    public static WorkCount OneJob => new(1, 0, 0, 0, 0);

    private static long Blocks(long length, int block) => (length + block - 1) / block;
}

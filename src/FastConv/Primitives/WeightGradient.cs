using FastConv.Kernels.Convolution;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>
/// gradWeight[oc, (channel, kh, kw)] += sum over all pixels of gradOutput[oc, pixel] * windows[(channel, kh, kw), pixel]. One operand is broadcast from where
/// it lies, the other is packed with its channels side by side, and the sums are
/// <code>
/// sums[(channel, kh, kw), oc]   windows broadcast, gradOutput packed     any kernel
/// sums[oc, channel]             gradOutput broadcast, input packed       one tap, where that packs less
/// </code>
/// They are made in runs of pixels, each summed in ascending order; the runs are added in their order.
/// </summary>
internal static unsafe class WeightGradient
{
    public static void Run(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        TapAxis vertical = TapAxis.Forward(shape.Vertical);
        TapAxis horizontal = TapAxis.Forward(shape.Horizontal);
        var windows = new WindowMatrix(vertical, horizontal, input, shape.InChannels * shape.InputPlane, shape.GroupInChannels, shape.Batch);
        var packed = new PackedOperand(gradOutput, shape.OutChannels, shape.GroupOutChannels, shape.OutputPlane);
        bool isTurned = !windows.IsPlanes || shape.GroupOutChannels <= shape.GroupInChannels;
        if (!isTurned)
        {
            windows = new WindowMatrix(vertical, horizontal, gradOutput, shape.OutChannels * shape.OutputPlane, shape.GroupOutChannels, shape.Batch);
            packed = new PackedOperand(input, shape.InChannels, shape.GroupInChannels, shape.InputPlane);
        }

        var plan = new WeightGradientPlan(windows, packed.Channels, shape.Groups, maxThreads);
        int workers = Math.Min(plan.Pieces, maxThreads);
        int sumsLength = checked(plan.Runs.Parts * plan.RunLength);
        using var workspace = Workspace.Rent(checked(sumsLength + workers * plan.WorkerLength));
        float* sums = workspace.Take(sumsLength);
        var job = new PieceJob(plan, windows, packed, sums, workspace.Take(workers * plan.WorkerLength));
        WorkerTeam.Run(ref job, plan.Pieces, workers);
        var sumJob = new SumJob(plan, packed.Channels, isTurned, sums, gradWeight, new Partition(plan.Rows, maxThreads, grain: 16));
        WorkerTeam.Run(ref sumJob, sumJob.Pieces, maxThreads);
    }

    // Planes of a group: [image][group][channel][pixel].
    private readonly struct PackedOperand(float* data, int imageChannels, int channels, int plane)
    {
        public int Channels => channels;

        public nint ImageStride => (nint)imageChannels * plane;

        public float* PlaneOf(int group, int channel) => data + ((nint)group * channels + channel) * plane;
    }

    private readonly struct PieceJob(WeightGradientPlan plan, WindowMatrix windows, PackedOperand packed, float* sums, float* scratch) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int part, int run) = Math.DivRem(index, plan.Runs.Parts);
            (part, int channels) = Math.DivRem(part, plan.Channels.Parts);
            (int group, int columns) = Math.DivRem(part, plan.Columns.Parts);
            int firstColumn = plan.Columns.Start(columns);
            int firstChannel = plan.Channels.Start(channels);
            nint firstSum = ((nint)group * plan.Rows + firstChannel * windows.Taps) * plan.SumsStride + firstColumn;
            var piece = new Piece(
                plan,
                windows.OfGroup(group),
                firstChannel,
                plan.Channels.End(channels),
                plan.Runs.Start(run),
                plan.Runs.End(run),
                packed.PlaneOf(group, firstColumn),
                packed.ImageStride,
                plan.Columns.End(columns) - firstColumn,
                sums + (nint)run * plan.RunLength + firstSum,
                scratch + (nint)worker * plan.WorkerLength);
            SimdDispatch.Run(ref piece);
        }
    }

    // Channels [first, end) times some columns, over pixels [first, end).
    private readonly struct Piece(
        WeightGradientPlan plan,
        WindowMatrix windows,
        int firstChannel,
        int endChannel,
        int firstPixel,
        int endPixel,
        float* packedPlanes,
        nint imageStride,
        int columns,
        float* sums,
        float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* panels = scratch + plan.BandLength;
            int* rowOffsets = (int*)(panels + plan.PanelsLength);
            int* pixelOffsets = rowOffsets + plan.RowOffsetsLength;
            int channels = endChannel - firstChannel;
            for (int pixel = firstPixel; pixel < endPixel; pixel += plan.PixelsPerBlock)
            {
                int pixels = Math.Min(plan.PixelsPerBlock, endPixel - pixel);
                var band = new WindowBand(windows, pixel, pixel + pixels, channels, isSorted: false, scratch);
                band.Fill<V>(firstChannel, endChannel);
                band.RowOffsets(channels, rowOffsets);
                float* origin = band.ColumnOffsets(pixel, pixels, firstChannel, pixelOffsets);
                PixelPacking.Pack<V>(packedPlanes, imageStride, windows.Plane, pixel, pixels, columns, panels);
                WeightGradientKernel.Multiply<V>(
                    channels * windows.Taps, columns, pixels, origin, rowOffsets, pixelOffsets, panels, sums, plan.SumsStride, pixel > firstPixel);
            }
        }
    }

    private readonly struct SumJob(
        WeightGradientPlan plan, int columns, bool isTurned, float* sums, float* gradWeight, Partition rows) : IParallelJob
    {
        public int Pieces => plan.Groups * rows.Parts;

        public void Execute(int index, int worker)
        {
            (int group, int part) = Math.DivRem(index, rows.Parts);
            var operation = new Sum(
                plan,
                columns,
                isTurned,
                sums + (nint)group * plan.Rows * plan.SumsStride,
                gradWeight + (nint)group * columns * plan.Rows,
                rows.Start(part),
                rows.End(part));
            SimdDispatch.Run(ref operation);
        }
    }

    private readonly struct Sum(
        WeightGradientPlan plan, int columns, bool isTurned, float* sums, float* gradWeight, int firstRow, int endRow) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* first = sums + (nint)firstRow * plan.SumsStride;
            int rows = endRow - firstRow;
            if (isTurned)
            {
                WeightGradientSum.AddTurned<V>(first, plan.Runs.Parts, plan.RunLength, plan.SumsStride, rows, columns, gradWeight + firstRow, plan.Rows);
            }
            else
            {
                float* row = gradWeight + (nint)firstRow * columns;
                WeightGradientSum.Add<V>(first, plan.Runs.Parts, plan.RunLength, plan.SumsStride, rows, columns, row, columns);
            }
        }
    }
}

using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
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
        var target = new WeightTarget(plan, isTurned, packed.Channels, gradWeight);
        int workers = Math.Min(plan.Pieces, maxThreads);
        int sumsLength = plan.HasOneRun ? 0 : plan.SumsLength;
        using var workspace = Workspace.Rent(checked(sumsLength + workers * plan.WorkerLength));
        float* sums = workspace.Take(sumsLength);
        var job = new PieceJob(plan, windows, packed, target, sums, workspace.Take(workers * plan.WorkerLength));
        WorkerTeam.Run(ref job, plan.Pieces, workers);
        if (!plan.HasOneRun)
        {
            var sumJob = new SumJob(plan, target, packed.Channels, sums, new Partition(plan.Rows, maxThreads, grain: 16));
            WorkerTeam.Run(ref sumJob, plan.Groups * sumJob.RowParts, maxThreads);
        }
    }

    // Where sums go: row k and column oc of a group to gradWeight[oc, k], or to [row, column] if they are not turned.
    private readonly struct WeightTarget(WeightGradientPlan plan, bool isTurned, int columns, float* gradWeight)
    {
        public void Add<V>(float* sums, int group, int firstRow, int rows, int firstColumn, int columnCount)
            where V : struct, IVector<V>
        {
            float* weights = gradWeight + (nint)group * columns * plan.Rows;
            if (isTurned)
            {
                weights += (nint)firstColumn * plan.Rows + firstRow;
                WeightGradientSum.AddTurned<V>(sums, plan.Runs.Parts, plan.RunLength, plan.SumsStride, rows, columnCount, weights, plan.Rows);
            }
            else
            {
                weights += (nint)firstRow * columns + firstColumn;
                WeightGradientSum.Add<V>(sums, plan.Runs.Parts, plan.RunLength, plan.SumsStride, rows, columnCount, weights, columns);
            }
        }
    }

    // Planes of a group: [image][group][channel][pixel].
    private readonly struct PackedOperand(float* data, int imageChannels, int channels, int plane)
    {
        public int Channels => channels;

        public nint ImageStride => (nint)imageChannels * plane;

        public float* PlaneOf(int group, int channel) => data + ((nint)group * channels + channel) * plane;
    }

    private readonly struct PieceJob(
        WeightGradientPlan plan, WindowMatrix windows, PackedOperand packed, WeightTarget target, float* sums, float* scratch) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int part, int run) = Math.DivRem(index, plan.Runs.Parts);
            (part, int channels) = Math.DivRem(part, plan.Channels.Parts);
            (int group, int columns) = Math.DivRem(part, plan.Columns.Parts);
            var piece = new Piece(plan, windows.OfGroup(group), packed, target, group, channels, columns, run, sums, scratch + (nint)worker * plan.WorkerLength);
            SimdDispatch.Run(ref piece);
        }
    }

    // Some channels times some columns of a group, over the pixels of a run.
    private readonly struct Piece(
        WeightGradientPlan plan,
        WindowMatrix windows,
        PackedOperand packed,
        WeightTarget target,
        int group,
        int channelPart,
        int columnPart,
        int run,
        float* allSums,
        float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int firstChannel = plan.Channels.Start(channelPart);
            int channels = plan.Channels.End(channelPart) - firstChannel;
            int firstColumn = plan.Columns.Start(columnPart);
            int columns = plan.Columns.End(columnPart) - firstColumn;
            int firstRow = firstChannel * windows.Taps;
            int rows = channels * windows.Taps;
            float* panels = scratch + plan.BandLength;
            int* rowOffsets = (int*)(panels + plan.PanelsLength);
            int* pixelOffsets = rowOffsets + plan.RowOffsetsLength;
            float* sums = plan.HasOneRun
                ? (float*)(pixelOffsets + plan.PixelOffsetsLength)
                : allSums + run * plan.RunLength + ((nint)group * plan.Rows + firstRow) * plan.SumsStride + firstColumn;
            for (int pixel = plan.Runs.Start(run); pixel < plan.Runs.End(run); pixel += plan.PixelsPerBlock)
            {
                int pixels = Math.Min(plan.PixelsPerBlock, plan.Runs.End(run) - pixel);
                var band = new WindowBand(windows, pixel, pixel + pixels, channels, isSorted: false, scratch);
                band.Fill<V>(firstChannel, firstChannel + channels);
                band.RowOffsets(channels, rowOffsets);
                float* origin = band.ColumnOffsets(pixel, pixels, firstChannel, pixelOffsets);
                new Span<int>(rowOffsets + rows, TableRows.RowsInTurn).Clear();
                new Span<int>(pixelOffsets + pixels, TableRows.StepsAhead).Clear();
                PixelPacking.Pack<V>(packed.PlaneOf(group, firstColumn), packed.ImageStride, windows.Plane, pixel, pixels, columns, panels);
                WeightGradientKernel.Multiply<V>(
                    rows, columns, pixels, origin, rowOffsets, pixelOffsets, panels, sums, plan.SumsStride, pixel > plan.Runs.Start(run));
            }

            if (plan.HasOneRun)
            {
                target.Add<V>(sums, group, firstRow, rows, firstColumn, columns);
            }
        }
    }

    private readonly struct SumJob(WeightGradientPlan plan, WeightTarget target, int columns, float* sums, Partition rows) : IParallelJob
    {
        public int RowParts => rows.Parts;

        public void Execute(int index, int worker)
        {
            (int group, int part) = Math.DivRem(index, rows.Parts);
            int row = rows.Start(part);
            float* first = sums + ((nint)group * plan.Rows + row) * plan.SumsStride;
            var operation = new Sum(target, first, group, row, rows.End(part) - row, columns);
            SimdDispatch.Run(ref operation);
        }
    }

    private readonly struct Sum(WeightTarget target, float* sums, int group, int firstRow, int rows, int columns) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V> => target.Add<V>(sums, group, firstRow, rows, 0, columns);
    }
}

using FastConv.Kernels.Convolution;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>
/// gradWeight[oc, (channel, kh, kw)] += sum over all pixels of gradOutput[oc, pixel] * windows[(channel, kh, kw), pixel], made as its transpose in
/// runs of pixels, each summed in ascending order; the runs are added in their order.
/// </summary>
internal static unsafe class WeightGradient
{
    public static void Run(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var windows = new WindowMatrix(
            TapAxis.Forward(shape.Vertical), TapAxis.Forward(shape.Horizontal), input, shape.InChannels * shape.InputPlane, shape.GroupInChannels, shape.Batch);
        var plan = new WeightGradientPlan(shape, windows, maxThreads);
        int workers = Math.Min(plan.Pieces, maxThreads);
        int sumsLength = checked(plan.Runs.Parts * plan.RunLength);
        using var workspace = Workspace.Rent(checked(sumsLength + workers * plan.WorkerLength));
        float* sums = workspace.Take(sumsLength);
        var job = new PieceJob(plan, windows, shape, gradOutput, sums, workspace.Take(workers * plan.WorkerLength));
        WorkerTeam.Run(ref job, plan.Pieces, workers);
        var sumJob = new SumJob(plan, shape.GroupOutChannels, sums, gradWeight, new Partition(plan.K, maxThreads, grain: 16));
        WorkerTeam.Run(ref sumJob, sumJob.Pieces, maxThreads);
    }

    private readonly struct PieceJob(
        WeightGradientPlan plan, WindowMatrix windows, Conv2dShape shape, float* gradOutput, float* sums, float* scratch) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int part, int run) = Math.DivRem(index, plan.Runs.Parts);
            (part, int channels) = Math.DivRem(part, plan.Channels.Parts);
            (int group, int outChannels) = Math.DivRem(part, plan.OutChannels.Parts);
            int firstOut = plan.OutChannels.Start(outChannels);
            int firstChannel = plan.Channels.Start(channels);
            nint sumsStart = (nint)run * plan.RunLength + ((nint)group * plan.K + firstChannel * windows.Taps) * plan.SumsStride + firstOut;
            var piece = new Piece(
                plan,
                windows.OfGroup(group),
                firstChannel,
                plan.Channels.End(channels),
                plan.Runs.Start(run),
                plan.Runs.End(run),
                gradOutput + ((nint)group * shape.GroupOutChannels + firstOut) * shape.OutputPlane,
                (nint)shape.OutChannels * shape.OutputPlane,
                plan.OutChannels.End(outChannels) - firstOut,
                sums + sumsStart,
                scratch + (nint)worker * plan.WorkerLength);
            SimdDispatch.Run(ref piece);
        }
    }

    // Channels [first, end) times some output channels, over pixels [first, end).
    private readonly struct Piece(
        WeightGradientPlan plan,
        WindowMatrix windows,
        int firstChannel,
        int endChannel,
        int firstPixel,
        int endPixel,
        float* gradOutput,
        nint imageStride,
        int outChannels,
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
                GradientPacking.Pack<V>(gradOutput, imageStride, windows.Plane, pixel, pixels, outChannels, panels);
                WeightGradientKernel.Multiply<V>(
                    channels * windows.Taps, outChannels, pixels, origin, rowOffsets, pixelOffsets, panels, sums, plan.SumsStride, pixel > firstPixel);
            }
        }
    }

    private readonly struct SumJob(WeightGradientPlan plan, int outChannels, float* sums, float* gradWeight, Partition rows) : IParallelJob
    {
        public int Pieces => plan.Groups * rows.Parts;

        public void Execute(int index, int worker)
        {
            (int group, int part) = Math.DivRem(index, rows.Parts);
            int row = rows.Start(part);
            var operation = new Sum(
                sums + ((nint)group * plan.K + row) * plan.SumsStride,
                plan.Runs.Parts,
                plan.RunLength,
                plan.SumsStride,
                rows.End(part) - row,
                outChannels,
                gradWeight + (nint)group * outChannels * plan.K + row,
                plan.K);
            SimdDispatch.Run(ref operation);
        }
    }

    private readonly struct Sum(float* sums, int runs, nint runStride, nint ldc, int rows, int outChannels, float* gradWeight, nint ldw) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V> => WeightGradientSum.Add<V>(sums, runs, runStride, ldc, rows, outChannels, gradWeight, ldw);
    }
}

using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>
/// The product of filters and windows, which is a forward convolution and each phase of a backward one: implicit GEMM. The windows of a range
/// of pixels are packed from the image, never laid out as a whole.
/// <code>
/// target[M, P] = bias[M] + filters[M, K] * windows[K, P]     M rows, P pixels of all images, K = channels * taps
/// </code>
/// </summary>
internal static unsafe class WindowProduct
{
    /// <param name="filters">The first group's; the next lie <paramref name="filterStride"/> further.</param>
    /// <param name="filterStride">Weights of a group.</param>
    /// <param name="windows">The first group's.</param>
    /// <param name="rows">M of a group.</param>
    /// <param name="groups">Products side by side.</param>
    /// <param name="target">Where the first group goes; the next follows after its rows.</param>
    /// <param name="store">What the sums start from and end with, at row 0 of the first group.</param>
    /// <param name="maxThreads">Threads that may take part.</param>
    /// <param name="version">Where packed filters are kept from call to call, if anywhere.</param>
    /// <param name="slot">Which of a layer's products this is.</param>
    public static void Run(
        FilterMatrix filters,
        nint filterStride,
        WindowMatrix windows,
        int rows,
        int groups,
        ColumnTarget target,
        TileStore store,
        int maxThreads,
        FilterVersion version,
        int slot)
    {
        var plan = new WindowProductPlan(windows, rows, groups, maxThreads);
        int workers = plan.Workers(maxThreads);
        int packedLength = version.Kept is null ? plan.PackedLength : 0;
        using var workspace = Workspace.Rent(checked(packedLength + workers * plan.WorkerLength));
        float* packed = workspace.Take(packedLength);
        var packing = new Packing(plan, filters, filterStride, windows.Taps, windows.Channels, rows, maxThreads);
        if (version.Kept is null)
        {
            packing.PackInto(packed);
        }
        else
        {
            packed = version.Kept.Get(slot, plan.PackedLength, version.Version, ref packing);
        }

        var job = new ProductJob(plan, packed, windows, rows, target, store, workspace.Take(workers * plan.WorkerLength));
        WorkerTeam.Run(ref job, plan.Pieces, workers);
        GC.KeepAlive(version.Kept);
    }

    private readonly struct Packing(
        WindowProductPlan plan, FilterMatrix filters, nint filterStride, int taps, int channels, int rows, int maxThreads) : IPacking
    {
        public void PackInto(float* packed)
        {
            var job = new PackingJob(plan, filters, filterStride, taps, channels, rows, packed);
            WorkerTeam.Run(ref job, job.Pieces, maxThreads);
        }
    }

    // The filters of a group and a block of channels, all rows: at [group][block of channels][panel][k][MR].
    private readonly struct PackingJob(
        WindowProductPlan plan, FilterMatrix filters, nint filterStride, int taps, int channels, int rows, float* packed) : IParallelJob
    {
        private readonly int _blocks = (channels - 1) / plan.ChannelsPerBlock + 1;

        public int Pieces => plan.Groups * _blocks;

        public void Execute(int index, int worker)
        {
            (int group, int block) = Math.DivRem(index, _blocks);
            int channel = block * plan.ChannelsPerBlock;
            int end = Math.Min(channel + plan.ChannelsPerBlock, channels);
            float* panels = packed + (nint)rows * ((nint)group * plan.K + (nint)channel * taps);
            var operation = new PackingPiece(filters.From(group * filterStride), rows, channel, end, panels);
            SimdDispatch.Run(ref operation);
        }
    }

    private readonly struct PackingPiece(FilterMatrix filters, int rows, int firstChannel, int endChannel, float* panels) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V> => filters.Pack<V>(0, rows, firstChannel, endChannel, panels);
    }

    private readonly struct ProductJob(
        WindowProductPlan plan, float* packed, WindowMatrix windows, int rows, ColumnTarget target, TileStore store, float* scratch) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int part, int rowPart) = Math.DivRem(index, plan.Rows.Parts);
            (int group, int columnPart) = Math.DivRem(part, plan.Columns.Parts);
            var piece = new Piece(
                plan,
                packed + (nint)group * rows * plan.K,
                windows.OfGroup(group),
                rows,
                plan.Rows.Start(rowPart),
                plan.Rows.End(rowPart),
                plan.Columns.Start(columnPart),
                plan.Columns.End(columnPart),
                target.FromRow(group * rows),
                store.From(group * rows),
                scratch + (nint)worker * plan.WorkerLength);
            SimdDispatch.Run(ref piece);
        }
    }

    // Rows and columns [first, end) of one group.
    private readonly struct Piece(
        WindowProductPlan plan,
        float* packed,
        WindowMatrix windows,
        int rows,
        int firstRow,
        int endRow,
        int firstColumn,
        int endColumn,
        ColumnTarget target,
        TileStore store,
        float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            var band = new WindowBand(windows, firstColumn, endColumn, plan.ChannelsPerBlock, isSorted: true, scratch);
            float* panels = scratch + plan.BandLength;
            int* offsets = (int*)(panels + plan.PanelsLength);
            var places = (PanelPlace*)(offsets + plan.OffsetsLength);
            band.RowOffsets(plan.ChannelsPerBlock, offsets);
            new Span<int>(offsets + plan.ChannelsPerBlock * windows.Taps, GatheredRows<V>.StepsAhead).Clear();
            for (int channel = 0; channel < windows.Channels; channel += plan.ChannelsPerBlock)
            {
                int endChannel = Math.Min(channel + plan.ChannelsPerBlock, windows.Channels);
                int k = channel * windows.Taps;
                int kc = (endChannel - channel) * windows.Taps;
                band.Fill<V>(channel, endChannel);
                WindowPacking.Pack<V>(band, firstColumn, endColumn - firstColumn, channel, offsets, kc, panels, places);
                float* panelsA = packed + (nint)rows * k + (nint)firstRow * kc;
                TileStore steps = store.Steps(k, k + kc, plan.K).From(firstRow);
                PanelProduct.Multiply<V, PackedRows, PackedBlock>(
                    endRow - firstRow, endColumn - firstColumn, kc, new PackedBlock(panelsA, kc), new PanelBlock(panels, places, offsets), target.FromRow(firstRow), firstColumn, steps);
            }
        }
    }
}

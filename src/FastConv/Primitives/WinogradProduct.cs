using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Memory;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>Forward and backward to the input: a block of tiles goes to points, is multiplied at each, and comes back as outputs, all in cache.</summary>
internal static unsafe class WinogradProduct<TWinograd>
    where TWinograd : struct, IWinograd
{
    private static int Points => TWinograd.Points * TWinograd.Points;

    /// <summary>output = activation(convolution of the input + bias).</summary>
    public static void Run(
        WinogradPlan plan, WinogradFilters<TWinograd> filters, FilterVersion version, int slot, float* input, float* bias, bool rectifies, float* output)
    {
        int inputLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(plan.TilesPerBlock, plan.Inputs.Channels, PointMatrices.WidthOf(plan.Inputs.Channels))));
        int productLength = Workspace.SizeOf(checked(Points * PointMatrices.PointStrideOf(plan.TilesPerBlock, plan.Channels.Longest, PointMatrices.WidthOf(plan.Channels.Longest))));
        int workerLength = checked(inputLength + productLength + Workspace.SizeOf(TileTransform<TWinograd>.ScratchLength(plan.Inputs.TilesPerRow)));
        int filterLength = version.Kept is null ? Workspace.SizeOf(filters.Length) : 0;
        using var workspace = Workspace.Rent(checked(filterLength + plan.Threads * workerLength));
        float* packed;
        if (version.Kept is null)
        {
            packed = workspace.Take(filters.Length);
            filters.PackInto(packed);
        }
        else
        {
            packed = version.Kept.Get(slot, filters.Length, version.Version, ref filters);
        }

        var job = new BlockJob(
            plan, packed, filters.PointLength, input, bias, rectifies, output, workspace.Take(plan.Threads * workerLength), inputLength, productLength, workerLength);
        WorkerTeam.Run(ref job, plan.Rows.Parts * plan.Channels.Parts, plan.Threads);
    }

    private readonly struct BlockJob(
        WinogradPlan plan,
        float* filters,
        nint filterPointLength,
        float* input,
        float* bias,
        bool rectifies,
        float* output,
        float* workspace,
        int inputLength,
        int productLength,
        int workerLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int rowPart, int channelPart) = Math.DivRem(index, plan.Channels.Parts);
            int first = plan.Rows.Start(rowPart);
            int end = plan.Rows.End(rowPart);
            int firstChannel = plan.Channels.Start(channelPart);
            int endChannel = plan.Channels.End(channelPart);
            int tiles = (end - first) * plan.Inputs.TilesPerRow;
            int channels = plan.Inputs.Channels;
            float* own = workspace + (nint)worker * workerLength;
            float* scratch = own + inputLength + productLength;
            PointMatrices points = PointMatrices.Create(own, tiles, channels, PointMatrices.WidthOf(channels));
            int outChannels = endChannel - firstChannel;
            PointMatrices products = PointMatrices.Create(own + inputLength, tiles, outChannels, PointMatrices.WidthOf(outChannels));
            TileTransform<TWinograd>.Input(plan.Inputs, input, first, end, points, firstTile: 0, scratch);
            nint panelLength = (nint)channels * PointProduct.PanelWidth;
            for (int point = 0; point < Points; point++)
            {
                PointProduct.Multiply(
                    tiles,
                    outChannels,
                    channels,
                    MatrixView.RowMajor(points.Place(point, 0, 0), points.Width),
                    filters + point * filterPointLength + firstChannel / PointProduct.PanelWidth * panelLength,
                    panelLength,
                    PointProduct.PanelWidth,
                    products.Place(point, 0, 0),
                    products.Width);
            }

            TileTransform<TWinograd>.Output(plan.Outputs, products, first, end, firstChannel, endChannel, bias, rectifies, output, scratch);
        }
    }
}

using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Convolution as matrix products over windows laid out as columns, a band of output rows at a time so that the columns stay in cache.
/// With P pixels of a band and K = in channels * kernel height * kernel width of a group:
/// <code>
/// forward:          output[oc, P]      = weight[oc, K] * columns[K, P]
/// backward input:   columns[K, P]      = weight[oc, K]^T * gradOutput[oc, P], then col2im
/// backward weight:  gradWeight[oc, K] += gradOutput[oc, P] * columns[K, P]^T
/// </code>
/// The unit of work is an image's group. Source: Chellapilla, Puri, Simard, "High Performance Convolutional Neural Networks for Document
/// Processing" (2006).
/// </summary>
internal sealed unsafe class Im2ColGemmConvolution : ConvolutionStrategy
{
    // The weights' gradient is summed over so many runs of images, then over the runs; fewer where their sums would take more than 256 MB.
    // The number follows from the shape alone, so that the order of additions does.
    private const int WeightGradientRuns = 8;
    private const int WeightGradientSums = 1 << 26;

    public override ConvolutionAlgorithm Algorithm => ConvolutionAlgorithm.Im2ColGemm;

    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass) => true;

    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass) => true;

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version)
    {
        var plan = new Im2ColPlan(shape, ConvolutionPass.Forward, shape.Batch * shape.Groups, maxThreads);
        using var workspace = Workspace.Rent(plan.WorkspaceLength);
        var job = new ForwardJob(plan, workspace.Take(plan.WorkspaceLength), input, weight, bias, activation, output);
        WorkerTeam.Run(ref job, plan.Items, plan.Workers);
    }

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        var plan = new Im2ColPlan(shape, ConvolutionPass.BackwardInput, shape.Batch * shape.Groups, maxThreads);
        using var workspace = Workspace.Rent(plan.WorkspaceLength);
        var job = new BackwardInputJob(plan, workspace.Take(plan.WorkspaceLength), gradOutput, weight, gradInput);
        WorkerTeam.Run(ref job, plan.Items, plan.Workers);
    }

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        int weightLength = shape.WeightShape.Length;
        var runs = new Partition(shape.Batch, Math.Clamp(WeightGradientSums / weightLength, 1, WeightGradientRuns));
        var plan = new Im2ColPlan(shape, ConvolutionPass.BackwardWeight, runs.Parts * shape.Groups, maxThreads);
        using var workspace = Workspace.Rent(checked(plan.WorkspaceLength + Workspace.SizeOf(runs.Parts * weightLength)));
        float* sums = workspace.Take(runs.Parts * weightLength);
        var job = new BackwardWeightJob(plan, workspace.Take(plan.WorkspaceLength), runs, input, gradOutput, sums);
        WorkerTeam.Run(ref job, plan.Items, plan.Workers);
        var total = new Span<float>(gradWeight, weightLength);
        for (int run = 0; run < runs.Parts; run++)
        {
            AddPrimitives.Add(total, new ReadOnlySpan<float>(sums + (nint)run * weightLength, weightLength), total);
        }
    }

    // The windows of a band as a matrix [K, P]: the image itself where every window is one pixel.
    private static MatrixView ColumnsOf(in Im2ColPlan plan, float* image, int firstRow, int endRow, float* columns)
    {
        Conv2dShape shape = plan.Shape;
        if (shape.IsPointwise)
        {
            return MatrixView.RowMajor(image + (nint)firstRow * shape.Horizontal.Output, shape.InputPlane);
        }

        Im2ColKernel.Copy(shape.Vertical, shape.Horizontal, shape.GroupInChannels, firstRow, endRow, image, columns);
        return MatrixView.RowMajor(columns, (nint)(endRow - firstRow) * shape.Horizontal.Output);
    }

    private readonly struct ForwardJob(
        Im2ColPlan plan, float* workspace, float* input, float* weight, float* bias, Activation activation, float* output) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            Conv2dShape shape = plan.Shape;
            (int image, int group) = Math.DivRem(index, shape.Groups);
            MatrixView filters = MatrixView.RowMajor(plan.GroupWeight(weight, group), shape.PatchLength);
            float* groupInput = plan.GroupInput(input, image, group);
            float* groupOutput = plan.GroupOutput(output, image, group);
            for (int row = 0; row < shape.Vertical.Output; row += plan.RowsPerBand)
            {
                int endRow = Math.Min(row + plan.RowsPerBand, shape.Vertical.Output);
                int pixels = (endRow - row) * shape.Horizontal.Output;
                MatrixView columns = ColumnsOf(plan, groupInput, row, endRow, plan.Columns(workspace, worker));
                var product = new GemmShape(shape.GroupOutChannels, pixels, shape.PatchLength);
                float* band = groupOutput + (nint)row * shape.Horizontal.Output;
                plan.Multiply(product, filters, columns, band, shape.OutputPlane, accumulate: false, workspace, worker);
            }

            float* groupBias = bias == null ? null : bias + (nint)group * shape.GroupOutChannels;
            ChannelEpilogue.Apply(groupOutput, shape.GroupOutChannels, shape.OutputPlane, groupBias, activation);
        }
    }

    private readonly struct BackwardInputJob(Im2ColPlan plan, float* workspace, float* gradOutput, float* weight, float* gradInput) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            Conv2dShape shape = plan.Shape;
            (int image, int group) = Math.DivRem(index, shape.Groups);
            MatrixView filters = MatrixView.RowMajor(plan.GroupWeight(weight, group), shape.PatchLength);
            float* groupInput = plan.GroupInput(gradInput, image, group);
            float* groupOutput = plan.GroupOutput(gradOutput, image, group);
            float* columns = plan.Columns(workspace, worker);
            if (!shape.IsPointwise)
            {
                new Span<float>(groupInput, shape.GroupInChannels * shape.InputPlane).Clear();
            }

            for (int row = 0; row < shape.Vertical.Output; row += plan.RowsPerBand)
            {
                int endRow = Math.Min(row + plan.RowsPerBand, shape.Vertical.Output);
                int pixels = (endRow - row) * shape.Horizontal.Output;
                nint offset = (nint)row * shape.Horizontal.Output;
                MatrixView band = MatrixView.RowMajor(groupOutput + offset, shape.OutputPlane);
                var product = new GemmShape(shape.PatchLength, pixels, shape.GroupOutChannels);
                if (shape.IsPointwise)
                {
                    plan.Multiply(product, filters.Transposed, band, groupInput + offset, shape.InputPlane, accumulate: false, workspace, worker);
                    continue;
                }

                plan.Multiply(product, filters.Transposed, band, columns, pixels, accumulate: false, workspace, worker);
                Col2ImKernel.Add(shape.Vertical, shape.Horizontal, shape.GroupInChannels, row, endRow, columns, groupInput);
            }
        }
    }

    // One run of images and one group: the sum of their products, in the order of the images.
    private readonly struct BackwardWeightJob(
        Im2ColPlan plan, float* workspace, Partition runs, float* input, float* gradOutput, float* sums) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            Conv2dShape shape = plan.Shape;
            (int run, int group) = Math.DivRem(index, shape.Groups);
            float* sum = plan.GroupWeight(sums + (nint)run * shape.WeightShape.Length, group);
            bool accumulate = false;
            for (int image = runs.Start(run); image < runs.End(run); image++)
            {
                float* groupInput = plan.GroupInput(input, image, group);
                float* groupOutput = plan.GroupOutput(gradOutput, image, group);
                for (int row = 0; row < shape.Vertical.Output; row += plan.RowsPerBand)
                {
                    int endRow = Math.Min(row + plan.RowsPerBand, shape.Vertical.Output);
                    int pixels = (endRow - row) * shape.Horizontal.Output;
                    MatrixView columns = ColumnsOf(plan, groupInput, row, endRow, plan.Columns(workspace, worker));
                    MatrixView band = MatrixView.RowMajor(groupOutput + (nint)row * shape.Horizontal.Output, shape.OutputPlane);
                    var product = new GemmShape(shape.GroupOutChannels, shape.PatchLength, pixels);
                    plan.Multiply(product, band, columns.Transposed, sum, shape.PatchLength, accumulate, workspace, worker);
                    accumulate = true;
                }
            }
        }
    }
}

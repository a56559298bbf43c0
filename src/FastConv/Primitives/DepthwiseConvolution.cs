using FastConv.Kernels.Convolution;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>
/// Convolution of filters that see one channel: plane by plane, from bands of rows that are copied between zeros into the first-level cache.
/// The unit of work is an image's channel, or an output channel for the weights' gradient, which is summed over the images in their order.
/// </summary>
internal sealed unsafe class DepthwiseConvolution : ConvolutionStrategy
{
    public override ConvolutionAlgorithm Algorithm => ConvolutionAlgorithm.Depthwise;

    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass) => shape.GroupInChannels == 1 && DepthwisePlan.Fits(shape, pass);

    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass) => shape.GroupInChannels == 1;

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version)
    {
        var plan = new DepthwisePlan(shape, ConvolutionPass.Forward);
        Partition pieces = ThreadGate.PiecesOf(shape.Batch * shape.InChannels, shape.InputPlane + shape.GroupOutChannels * shape.OutputPlane);
        int workers = Math.Min(maxThreads, pieces.Parts);
        using var workspace = Workspace.Rent(plan.WorkspaceLength(workers));
        float* memory = workspace.Take(plan.WorkspaceLength(workers));
        DepthwiseTaps taps = plan.WriteTaps(memory);
        plan.Clear(memory, workers);
        var job = new ForwardJob(plan, taps, memory, pieces, input, weight, bias, activation, output);
        WorkerTeam.Run(ref job, pieces.Parts, workers);
    }

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        var plan = new DepthwisePlan(shape, ConvolutionPass.BackwardInput);
        Partition pieces = ThreadGate.PiecesOf(shape.Batch * shape.InChannels, shape.InputPlane + shape.GroupOutChannels * shape.OutputPlane);
        int workers = Math.Min(maxThreads, pieces.Parts);
        using var workspace = Workspace.Rent(plan.WorkspaceLength(workers));
        float* memory = workspace.Take(plan.WorkspaceLength(workers));
        DepthwiseTaps taps = plan.WriteTaps(memory);
        plan.Clear(memory, workers);
        var job = new BackwardInputJob(plan, taps, memory, pieces, gradOutput, weight, gradInput);
        WorkerTeam.Run(ref job, pieces.Parts, workers);
    }

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var plan = new DepthwisePlan(shape, ConvolutionPass.BackwardWeight);
        Partition pieces = ThreadGate.PiecesOf(shape.OutChannels, shape.Batch * (shape.InputPlane + shape.OutputPlane));
        int workers = Math.Min(maxThreads, pieces.Parts);
        using var workspace = Workspace.Rent(plan.WorkspaceLength(workers));
        float* memory = workspace.Take(plan.WorkspaceLength(workers));
        DepthwiseTaps taps = plan.WriteTaps(memory);
        plan.Clear(memory, workers);
        var job = new BackwardWeightJob(plan, taps, memory, pieces, input, gradOutput, gradWeight);
        WorkerTeam.Run(ref job, pieces.Parts, workers);
    }

    private readonly struct ForwardJob(
        DepthwisePlan plan,
        DepthwiseTaps taps,
        float* memory,
        Partition pieces,
        float* input,
        float* weight,
        float* bias,
        Activation activation,
        float* output) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            var planes = new DepthwiseForward(
                plan.Layout,
                plan.BandRows,
                plan.Bands,
                plan.IsThreeByThree,
                taps,
                plan.Scratch(memory, worker),
                plan.Shape.InChannels,
                plan.Shape.GroupOutChannels,
                input,
                weight,
                bias,
                activation == Activation.ReLU,
                output,
                plan.Shape.Batch * plan.Shape.InChannels,
                pieces.Start(index),
                pieces.End(index));
            SimdDispatch.RunRows(plan.Layout.Horizontal.Result, ref planes);
        }
    }

    private readonly struct BackwardInputJob(
        DepthwisePlan plan, DepthwiseTaps taps, float* memory, Partition pieces, float* gradOutput, float* weight, float* gradInput) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            var planes = new DepthwiseBackwardInput(
                plan.Layout,
                plan.BandRows,
                plan.Bands,
                plan.Shape.Vertical,
                plan.Shape.Horizontal,
                plan.IsThreeByThree,
                taps,
                plan.Scratch(memory, worker),
                plan.Shape.InChannels,
                plan.Shape.GroupOutChannels,
                gradOutput,
                weight,
                gradInput,
                plan.Shape.Batch * plan.Shape.InChannels,
                pieces.Start(index),
                pieces.End(index));
            SimdDispatch.RunRows(plan.Layout.Horizontal.Result, ref planes);
        }
    }

    private readonly struct BackwardWeightJob(
        DepthwisePlan plan, DepthwiseTaps taps, float* memory, Partition pieces, float* input, float* gradOutput, float* gradWeight) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            var channels = new DepthwiseBackwardWeight(
                plan.Layout,
                plan.BandRows,
                plan.Bands,
                plan.IsThreeByThree,
                taps,
                plan.Scratch(memory, worker),
                plan.Shape.Batch,
                plan.Shape.OutChannels,
                plan.Shape.GroupOutChannels,
                input,
                gradOutput,
                gradWeight,
                pieces.Start(index),
                pieces.End(index));
            SimdDispatch.RunRows(plan.Layout.Horizontal.Result, ref channels);
        }
    }
}

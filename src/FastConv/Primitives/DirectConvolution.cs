using FastConv.Kernels.Convolution;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Convolution plane by plane from the definition. The unit of work is a plane of the result: an image's channel, or one filter plane of
/// the weights' gradient, which is summed over the images in their order.
/// </summary>
internal sealed unsafe class DirectConvolution : ConvolutionStrategy
{
    public override ConvolutionAlgorithm Algorithm => ConvolutionAlgorithm.Direct;

    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass) => true;

    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass) => false;

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version)
    {
        var job = new ForwardJob(shape, input, weight, bias, activation, output);
        WorkerTeam.Run(ref job, shape.Batch * shape.OutChannels, maxThreads);
    }

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        var job = new BackwardInputJob(shape, gradOutput, weight, gradInput);
        WorkerTeam.Run(ref job, shape.Batch * shape.InChannels, maxThreads);
    }

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads)
    {
        var job = new BackwardWeightJob(shape, input, gradOutput, gradWeight);
        WorkerTeam.Run(ref job, shape.OutChannels * shape.GroupInChannels, maxThreads);
    }

    private static float* InputPlane(Conv2dShape shape, float* input, int image, int channel) =>
        input + ((nint)image * shape.InChannels + channel) * shape.InputPlane;

    private static float* OutputPlane(Conv2dShape shape, float* output, int image, int channel) =>
        output + ((nint)image * shape.OutChannels + channel) * shape.OutputPlane;

    // The filter plane between an output channel and the input channel that is number ic of its group.
    private static float* FilterPlane(Conv2dShape shape, float* weight, int outChannel, int ic) =>
        weight + ((nint)outChannel * shape.GroupInChannels + ic) * shape.Vertical.Window * shape.Horizontal.Window;

    private readonly struct ForwardJob(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int image, int oc) = Math.DivRem(index, shape.OutChannels);
            int firstInChannel = oc / shape.GroupOutChannels * shape.GroupInChannels;
            float* plane = OutputPlane(shape, output, image, oc);
            new Span<float>(plane, shape.OutputPlane).Clear();
            for (int ic = 0; ic < shape.GroupInChannels; ic++)
            {
                DirectKernel.Forward(
                    shape.Vertical, shape.Horizontal, InputPlane(shape, input, image, firstInChannel + ic), FilterPlane(shape, weight, oc, ic), plane);
            }

            ChannelEpilogue.Apply(plane, 1, shape.OutputPlane, bias == null ? null : bias + oc, activation);
        }
    }

    private readonly struct BackwardInputJob(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int image, int inChannel) = Math.DivRem(index, shape.InChannels);
            (int group, int ic) = Math.DivRem(inChannel, shape.GroupInChannels);
            float* plane = InputPlane(shape, gradInput, image, inChannel);
            new Span<float>(plane, shape.InputPlane).Clear();
            for (int oc = group * shape.GroupOutChannels; oc < (group + 1) * shape.GroupOutChannels; oc++)
            {
                DirectKernel.BackwardInput(
                    shape.Vertical, shape.Horizontal, OutputPlane(shape, gradOutput, image, oc), FilterPlane(shape, weight, oc, ic), plane);
            }
        }
    }

    private readonly struct BackwardWeightJob(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            (int oc, int ic) = Math.DivRem(index, shape.GroupInChannels);
            int inChannel = oc / shape.GroupOutChannels * shape.GroupInChannels + ic;
            float* filter = FilterPlane(shape, gradWeight, oc, ic);
            for (int image = 0; image < shape.Batch; image++)
            {
                DirectKernel.BackwardWeight(
                    shape.Vertical, shape.Horizontal, InputPlane(shape, input, image, inChannel), OutputPlane(shape, gradOutput, image, oc), filter);
            }
        }
    }
}

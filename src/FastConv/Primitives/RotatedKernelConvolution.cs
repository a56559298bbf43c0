using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Backward to the input as a forward convolution: the output gradient, its pixels spread apart by the stride and surrounded by zeros, is
/// convolved with the kernel turned by 180 degrees, input and output channels exchanged.
/// Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 4.
/// </summary>
internal sealed unsafe class RotatedKernelConvolution : ConvolutionStrategy
{
    private static readonly ConvolutionOptions Strict = new() { Precision = ConvolutionPrecision.Strict };

    public override ConvolutionAlgorithm Algorithm => ConvolutionAlgorithm.RotatedKernel;

    // Dilations near 2^30 spread a gradient of a few pixels beyond every array.
    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass) =>
        pass == ConvolutionPass.BackwardInput && (Int128)shape.Batch * shape.OutChannels * SpreadLength(shape.Vertical) * SpreadLength(shape.Horizontal) <= Array.MaxLength;

    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass) => false;

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version) =>
        throw new NotSupportedException("the rotated kernel belongs to the backward pass to the input.");

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads) =>
        throw new NotSupportedException("the rotated kernel belongs to the backward pass to the input.");

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        // Grouped as the original, with the roles of the channels exchanged; every window inside the spread gradient, at stride 1.
        Conv2dShape rotated = Conv2dShape.Create(
            shape.Batch,
            shape.OutChannels,
            (int)SpreadLength(shape.Vertical),
            (int)SpreadLength(shape.Horizontal),
            shape.InChannels,
            (shape.Vertical.Window, shape.Horizontal.Window),
            dilation: (shape.Vertical.Dilation, shape.Horizontal.Dilation),
            groups: shape.Groups);
        using var workspace = Workspace.Rent(checked(Workspace.SizeOf(rotated.InputShape.Length) + Workspace.SizeOf(rotated.WeightShape.Length)));
        float* spread = workspace.Take(rotated.InputShape.Length);
        float* turned = workspace.Take(rotated.WeightShape.Length);
        var job = new SpreadJob(shape, rotated, gradOutput, spread);
        WorkerTeam.Run(ref job, shape.Batch * shape.OutChannels, maxThreads);
        Turn(shape, weight, turned);
        ConvolutionPlan.Choose("Conv2d.BackwardInput", rotated, ConvolutionPass.Forward, Strict)
            .Forward(rotated, spread, turned, null, Activation.None, gradInput, maxThreads, default);
    }

    private static long SpreadLength(WindowAxis axis) => (long)axis.Input + axis.Extent - 1;

    // turned[group, ic, oc, kh, kw] = weight[group, oc, ic, KH - 1 - kh, KW - 1 - kw].
    private static void Turn(Conv2dShape shape, float* weight, float* turned)
    {
        int taps = shape.Vertical.Window * shape.Horizontal.Window;
        for (int outChannel = 0; outChannel < shape.OutChannels; outChannel++)
        {
            (int group, int oc) = Math.DivRem(outChannel, shape.GroupOutChannels);
            for (int ic = 0; ic < shape.GroupInChannels; ic++)
            {
                var filter = new Span<float>(turned + (((nint)group * shape.GroupInChannels + ic) * shape.GroupOutChannels + oc) * taps, taps);
                new ReadOnlySpan<float>(weight, taps).CopyTo(filter);
                filter.Reverse();
                weight += taps;
            }
        }
    }

    // One plane: pixel (oh, ow) goes to the place where tap 0 of its window lies, counted from one extent before the image.
    private readonly struct SpreadJob(Conv2dShape shape, Conv2dShape rotated, float* gradOutput, float* spread) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            var plane = new Span<float>(spread + (nint)index * rotated.InputPlane, rotated.InputPlane);
            plane.Clear();
            float* gradient = gradOutput + (nint)index * shape.OutputPlane;
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                int row = shape.Vertical.InputOf(oh, 0) + shape.Vertical.Extent - 1;
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    int column = shape.Horizontal.InputOf(ow, 0) + shape.Horizontal.Extent - 1;

                    // A window that lies on padding alone touches no pixel and has no place.
                    if ((uint)row < (uint)rotated.Vertical.Input && (uint)column < (uint)rotated.Horizontal.Input)
                    {
                        plane[row * rotated.Horizontal.Input + column] = gradient[oh * shape.Horizontal.Output + ow];
                    }
                }
            }
        }
    }
}

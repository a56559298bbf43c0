using FastConv.Kernels.Pooling;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>The mean of every window. Source: https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html</summary>
public static unsafe class AvgPool2dPrimitives
{
    /// <summary>output = the sum of each window, divided by its taps, or by those on the image only.</summary>
    /// <param name="shape">All sizes; a dilation is refused, as PyTorch has none here.</param>
    /// <param name="input">[batch, channels, height, width].</param>
    /// <param name="output">[batch, channels, output height, output width].</param>
    /// <param name="countIncludePad">Whether padding counts as zeros, or not at all.</param>
    /// <exception cref="ArgumentException">A length does not match the shape, a dilation above 1, or an output that overlaps the input.</exception>
    public static void Forward(Pool2dShape shape, ReadOnlySpan<float> input, Span<float> output, bool countIncludePad = true)
    {
        const string Op = "AvgPool2d.Forward";
        RequireNoDilation(Op, shape);
        Require.Length(Op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(Op, nameof(output), shape.OutputShape.Length, output.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(output), output);
        fixed (float* source = input, destination = output)
        {
            Run(shape, countIncludePad, isBackward: false, source, destination);
        }
    }

    /// <summary>gradInput = for every pixel the sum of its shares in the gradients of the windows over it. Overwritten.</summary>
    /// <param name="shape">All sizes; a dilation is refused, as PyTorch has none here.</param>
    /// <param name="gradOutput">[batch, channels, output height, output width].</param>
    /// <param name="gradInput">[batch, channels, height, width].</param>
    /// <param name="countIncludePad">As forward was told.</param>
    /// <exception cref="ArgumentException">A length does not match the shape, a dilation above 1, or a gradInput that overlaps gradOutput.</exception>
    public static void Backward(Pool2dShape shape, ReadOnlySpan<float> gradOutput, Span<float> gradInput, bool countIncludePad = true)
    {
        const string Op = "AvgPool2d.Backward";
        RequireNoDilation(Op, shape);
        Require.Length(Op, nameof(gradOutput), shape.OutputShape.Length, gradOutput.Length);
        Require.Length(Op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        fixed (float* source = gradOutput, destination = gradInput)
        {
            Run(shape, countIncludePad, isBackward: true, source, destination);
        }
    }

    private static void RequireNoDilation(string op, Pool2dShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Vertical.Dilation != 1 || shape.Horizontal.Dilation != 1)
        {
            throw new ArgumentException(
                $"{op}: shape expects dilation 1, received {shape.Vertical.Dilation}x{shape.Horizontal.Dilation}.", nameof(shape));
        }
    }

    private static void Run(Pool2dShape shape, bool countIncludePad, bool isBackward, float* source, float* destination)
    {
        Partition pieces = ThreadGate.PiecesOf(shape.Planes, shape.InputPlane);
        int threads = Math.Min(ThreadGate.ThreadsForCopy(shape.InputShape.Length), pieces.Parts);
        int scratchLength = Require.Scratch("AvgPool2d", shape, AvgPool2dKernel.ScratchLength);
        using var workspace = Workspace.Rent(checked(threads * scratchLength));
        var job = new Job(shape, countIncludePad, isBackward, pieces, source, destination, workspace.Take(threads * scratchLength), scratchLength);
        WorkerTeam.Run(ref job, pieces.Parts, threads);
    }

    private readonly struct Job(
        Pool2dShape shape,
        bool countIncludePad,
        bool isBackward,
        Partition pieces,
        float* source,
        float* destination,
        float* scratch,
        int scratchLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int first = pieces.Start(index);
            int planes = pieces.End(index) - first;
            long image = (long)first * shape.InputPlane;
            long pooled = (long)first * shape.OutputPlane;
            float* rows = scratch + (long)worker * scratchLength;
            if (isBackward)
            {
                AvgPool2dKernel.Backward(shape, countIncludePad, planes, source + pooled, destination + image, rows);
            }
            else
            {
                AvgPool2dKernel.Forward(shape, countIncludePad, planes, source + image, destination + pooled, rows);
            }
        }
    }
}

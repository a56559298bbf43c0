using FastConv.Kernels.Pooling;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// The mean of every plane: one number a channel, whatever the size of the image (AdaptiveAvgPool2d(1) of PyTorch).
/// Source: Lin, Chen, Yan, "Network in network" (ICLR 2014).
/// </summary>
public static unsafe class GlobalAvgPool2dPrimitives
{
    /// <summary>output[p] = mean of input[p, :].</summary>
    /// <param name="planes">Batch * channels.</param>
    /// <param name="plane">Height * width.</param>
    /// <param name="input">[planes, plane].</param>
    /// <param name="output">[planes].</param>
    /// <exception cref="ArgumentException">A size below 1, a length that does not match, or an output that overlaps the input.</exception>
    public static void Forward(int planes, int plane, ReadOnlySpan<float> input, Span<float> output)
    {
        const string Op = "GlobalAvgPool2d.Forward";
        int length = Require.Product(Op, nameof(planes), planes, nameof(plane), plane);
        Require.Length(Op, nameof(input), length, input.Length);
        Require.Length(Op, nameof(output), planes, output.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(output), output);
        fixed (float* source = input, destination = output)
        {
            Run(planes, plane, isBackward: false, source, destination);
        }
    }

    /// <summary>gradInput[p, :] = gradOutput[p] / plane. Overwritten.</summary>
    /// <param name="planes">Batch * channels.</param>
    /// <param name="plane">Height * width.</param>
    /// <param name="gradOutput">[planes].</param>
    /// <param name="gradInput">[planes, plane].</param>
    /// <exception cref="ArgumentException">A size below 1, a length that does not match, or a gradInput that overlaps gradOutput.</exception>
    public static void Backward(int planes, int plane, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        const string Op = "GlobalAvgPool2d.Backward";
        int length = Require.Product(Op, nameof(planes), planes, nameof(plane), plane);
        Require.Length(Op, nameof(gradOutput), planes, gradOutput.Length);
        Require.Length(Op, nameof(gradInput), length, gradInput.Length);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        fixed (float* source = gradOutput, destination = gradInput)
        {
            Run(planes, plane, isBackward: true, source, destination);
        }
    }

    private static void Run(int planes, int plane, bool isBackward, float* source, float* destination)
    {
        Partition pieces = ThreadGate.PiecesOf(planes, plane);
        var job = new Job(plane, isBackward, pieces, source, destination);
        WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsForCopy((long)planes * plane));
    }

    private readonly struct Job(int plane, bool isBackward, Partition pieces, float* source, float* destination) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int first = pieces.Start(index);
            int planes = pieces.End(index) - first;
            long image = (long)first * plane;
            if (isBackward)
            {
                GlobalAvgPool2dKernel.Backward(planes, plane, source + first, destination + image);
            }
            else
            {
                GlobalAvgPool2dKernel.Forward(planes, plane, source + image, destination + first);
            }
        }
    }
}

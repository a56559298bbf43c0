using System.Numerics;
using System.Runtime.InteropServices;
using FastConv.Kernels.Pooling;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// The maximum of every window; padding never wins. Equal maxima: the first. NaN: it is the maximum, as in PyTorch.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
/// </summary>
public static unsafe class MaxPool2dPrimitives
{
    // 3 x 3: larger windows take longer to compare than to read.
    private const int MostTapsAtMemorySpeed = 9;

    /// <summary>Pools, and remembers where each maximum was.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">[batch, channels, height, width].</param>
    /// <param name="output">[batch, channels, output height, output width].</param>
    /// <param name="argmax"><see cref="Pool2dShape.ArgmaxLength"/> bytes, for <see cref="Backward"/>.</param>
    /// <exception cref="ArgumentException">A length does not match the shape, or an output overlaps the input.</exception>
    public static void Forward(Pool2dShape shape, ReadOnlySpan<float> input, Span<float> output, Span<byte> argmax)
    {
        const string Op = "MaxPool2d.Forward";
        RequireForward(Op, shape, input, output);
        Require.Length(Op, nameof(argmax), shape.ArgmaxLength, argmax.Length);
        Require.NoOverlap(Op, nameof(input), MemoryMarshal.AsBytes(input), nameof(argmax), argmax);
        Require.NoOverlap(Op, nameof(output), MemoryMarshal.AsBytes(output), nameof(argmax), argmax);
        Run(shape, input, output, argmax);
    }

    /// <summary>Pools without a way back.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">[batch, channels, height, width].</param>
    /// <param name="output">[batch, channels, output height, output width].</param>
    /// <exception cref="ArgumentException">A length does not match the shape, or the output overlaps the input.</exception>
    public static void Forward(Pool2dShape shape, ReadOnlySpan<float> input, Span<float> output)
    {
        RequireForward("MaxPool2d.Forward", shape, input, output);
        Run(shape, input, output, []);
    }

    /// <summary>gradInput = for every pixel the sum of the gradients of the windows whose maximum it was. Overwritten.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="gradOutput">[batch, channels, output height, output width].</param>
    /// <param name="argmax">What forward wrote. Checked: every entry is a tap of its window that lies on the image.</param>
    /// <param name="gradInput">[batch, channels, height, width].</param>
    /// <exception cref="ArgumentException">A length does not match the shape, an argmax entry is none, or gradInput overlaps an argument.</exception>
    public static void Backward(Pool2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<byte> argmax, Span<float> gradInput)
    {
        const string Op = "MaxPool2d.Backward";
        ArgumentNullException.ThrowIfNull(shape);
        Require.Length(Op, nameof(gradOutput), shape.OutputShape.Length, gradOutput.Length);
        Require.Length(Op, nameof(argmax), shape.ArgmaxLength, argmax.Length);
        Require.Length(Op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.NoOverlap<float>(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Require.NoOverlap(Op, nameof(argmax), argmax, nameof(gradInput), MemoryMarshal.AsBytes(gradInput));
        if (shape.ArgmaxSize == sizeof(byte))
        {
            Backward<byte>(shape, gradOutput, argmax, gradInput);
        }
        else
        {
            Backward<int>(shape, gradOutput, argmax, gradInput);
        }
    }

    private static void RequireForward(string op, Pool2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> output)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require.Length(op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(op, nameof(output), shape.OutputShape.Length, output.Length);
        Require.NoOverlap(op, nameof(input), input, nameof(output), output);
    }

    private static int ThreadsFor(Pool2dShape shape) =>
        shape.WindowLength <= MostTapsAtMemorySpeed ? ThreadGate.ThreadsForCopy(shape.InputShape.Length) : ThreadGate.ThreadsFor(shape.InputShape.Length);

    private static void Run(Pool2dShape shape, ReadOnlySpan<float> input, Span<float> output, Span<byte> argmax)
    {
        Partition pieces = ThreadGate.PiecesOf(shape.Planes, shape.InputPlane);
        int threads = Math.Min(ThreadsFor(shape), pieces.Parts);
        int scratchLength = Require.Scratch("MaxPool2d.Forward", shape, MaxPool2dKernel.ScratchLength);
        using var workspace = Workspace.Rent(checked(threads * scratchLength));
        fixed (float* source = input, destination = output)
        fixed (byte* taps = argmax)
        {
            var job = new ForwardJob(shape, pieces, source, destination, taps, workspace.Take(threads * scratchLength), scratchLength);
            WorkerTeam.Run(ref job, pieces.Parts, threads);
        }
    }

    private static void Backward<TIndex>(Pool2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<byte> argmax, Span<float> gradInput)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        Partition pieces = ThreadGate.PiecesOf(shape.Planes, shape.InputPlane);
        int threads = Math.Min(ThreadsFor(shape), pieces.Parts);
        int scratchLength = Require.Scratch("MaxPool2d.Backward", shape, MaxPool2dBackward.ScratchLength);
        using var workspace = Workspace.Rent(checked(threads * scratchLength));
        fixed (float* source = gradOutput, destination = gradInput)
        fixed (byte* taps = argmax)
        {
            long invalid = long.MaxValue;
            var check = new CheckJob<TIndex>(shape, pieces, (TIndex*)taps, &invalid);
            WorkerTeam.Run(ref check, pieces.Parts, threads);
            if (invalid != long.MaxValue)
            {
                throw InvalidTap(shape, invalid, int.CreateTruncating(((TIndex*)taps)[invalid]), nameof(argmax));
            }

            var job = new BackwardJob<TIndex>(shape, pieces, source, (TIndex*)taps, destination, workspace.Take(threads * scratchLength), scratchLength);
            WorkerTeam.Run(ref job, pieces.Parts, threads);
        }
    }

    private static ArgumentException InvalidTap(Pool2dShape shape, long index, int tap, string argmaxName)
    {
        (long plane, long pixel) = Math.DivRem(index, shape.OutputPlane);
        (long n, long c) = Math.DivRem(plane, shape.Channels);
        (long oh, long ow) = Math.DivRem(pixel, shape.Horizontal.Output);
        return new ArgumentException(
            $"MaxPool2d.Backward: argmax expects taps of a {shape.Vertical.Window}x{shape.Horizontal.Window} window that lie on the image, received {tap} at [{n}, {c}, {oh}, {ow}].",
            argmaxName);
    }

    private readonly struct ForwardJob(
        Pool2dShape shape, Partition pieces, float* input, float* output, byte* argmax, float* scratch, int scratchLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int first = pieces.Start(index);
            long outputOffset = (long)first * shape.OutputPlane;
            MaxPool2dKernel.Forward(
                shape,
                pieces.End(index) - first,
                input + (long)first * shape.InputPlane,
                output + outputOffset,
                argmax == null ? null : argmax + outputOffset * shape.ArgmaxSize,
                scratch + (long)worker * scratchLength);
        }
    }

    // Leaves the smallest bad index, whoever finds one first.
    private readonly struct CheckJob<TIndex>(Pool2dShape shape, Partition pieces, TIndex* argmax, long* invalid) : IParallelJob
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Execute(int index, int worker)
        {
            int first = pieces.Start(index);
            long offset = (long)first * shape.OutputPlane;
            long found = MaxPool2dArgmax.FindInvalid(shape, pieces.End(index) - first, argmax + offset);
            long smallest = Volatile.Read(ref *invalid);
            while (found >= 0 && offset + found < smallest)
            {
                long seen = Interlocked.CompareExchange(ref *invalid, offset + found, smallest);
                smallest = seen == smallest ? offset + found : seen;
            }
        }
    }

    private readonly struct BackwardJob<TIndex>(
        Pool2dShape shape, Partition pieces, float* gradOutput, TIndex* argmax, float* gradInput, float* scratch, int scratchLength) : IParallelJob
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Execute(int index, int worker)
        {
            int first = pieces.Start(index);
            long outputOffset = (long)first * shape.OutputPlane;
            MaxPool2dBackward.Run(
                shape,
                pieces.End(index) - first,
                gradOutput + outputOffset,
                argmax + outputOffset,
                gradInput + (long)first * shape.InputPlane,
                scratch + (long)worker * scratchLength);
        }
    }
}

using System.Runtime.InteropServices;
using FastConv.Kernels.Elementwise;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// Drops each element with a probability and scales the others by 1 / (1 - probability), so that the expected value stays. The mask is a
/// function of seed, step and the element's index: the same on any number of threads. Backward draws it again, or reads it where forward was asked to keep it.
/// Layers that must not drop the same elements take different seeds. Any length; a result may overwrite its argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
/// </summary>
public static unsafe class DropoutPrimitives
{
    /// <summary>y = x * mask / (1 - probability).</summary>
    /// <param name="x">Any length.</param>
    /// <param name="probability">The share that is dropped, from 0 (a copy) to 1 (zeros).</param>
    /// <param name="seed">Of the layer.</param>
    /// <param name="step">Another mask for each.</param>
    /// <param name="y">As long as x.</param>
    /// <exception cref="ArgumentException">The lengths differ, the spans overlap in part, or the probability is outside [0, 1].</exception>
    public static void Forward(ReadOnlySpan<float> x, float probability, long seed, long step, Span<float> y) =>
        Run("Dropout.Forward", nameof(x), x, probability, seed, step, nameof(y), y, []);

    /// <summary>The same, with the mask kept for <see cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{byte}, float, Span{float})"/>.</summary>
    /// <param name="x">Any length.</param>
    /// <param name="probability">The share that is dropped, from 0 (a copy) to 1 (zeros).</param>
    /// <param name="seed">Of the layer.</param>
    /// <param name="step">Another mask for each.</param>
    /// <param name="y">As long as x.</param>
    /// <param name="kept">As long as x: 1 for an element that is not dropped, else 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, the spans overlap in part, or the probability is outside [0, 1].</exception>
    public static void Forward(ReadOnlySpan<float> x, float probability, long seed, long step, Span<float> y, Span<byte> kept)
    {
        const string Op = "Dropout.Forward";
        Require.Length(Op, nameof(kept), x.Length, kept.Length);
        Require.NoOverlap(Op, nameof(x), MemoryMarshal.AsBytes(x), nameof(kept), kept);
        Require.NoOverlap(Op, nameof(y), MemoryMarshal.AsBytes(y), nameof(kept), kept);
        Run(Op, nameof(x), x, probability, seed, step, nameof(y), y, kept);
    }

    /// <summary>gradInput = gradOutput * mask / (1 - probability), with the mask of the forward pass that had the same arguments.</summary>
    /// <param name="gradOutput">Any length.</param>
    /// <param name="probability">As forward was told.</param>
    /// <param name="seed">As forward was told.</param>
    /// <param name="step">As forward was told.</param>
    /// <param name="gradInput">As long as gradOutput. Overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ, the spans overlap in part, or the probability is outside [0, 1].</exception>
    public static void Backward(ReadOnlySpan<float> gradOutput, float probability, long seed, long step, Span<float> gradInput) =>
        Run("Dropout.Backward", nameof(gradOutput), gradOutput, probability, seed, step, nameof(gradInput), gradInput, []);

    /// <summary>gradInput = gradOutput * kept / (1 - probability): the same with the mask that forward kept.</summary>
    /// <param name="gradOutput">Any length.</param>
    /// <param name="kept">As long as gradOutput; what forward wrote.</param>
    /// <param name="probability">As forward was told.</param>
    /// <param name="gradInput">As long as gradOutput. Overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ, the spans overlap in part, or the probability is outside [0, 1].</exception>
    public static void Backward(ReadOnlySpan<float> gradOutput, ReadOnlySpan<byte> kept, float probability, Span<float> gradInput)
    {
        const string Op = "Dropout.Backward";
        Require.Length(Op, nameof(kept), gradOutput.Length, kept.Length);
        Require.Length(Op, nameof(gradInput), gradOutput.Length, gradInput.Length);
        Require.NoPartialOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Require.NoOverlap(Op, nameof(kept), kept, nameof(gradInput), MemoryMarshal.AsBytes(gradInput));
        Require.InRange(Op, nameof(probability), 0, 1, probability);
        var pieces = new Partition(gradOutput.Length, gradOutput.Length, ThreadGate.ElementsPerPiece);
        fixed (float* source = gradOutput, destination = gradInput)
        fixed (byte* mask = kept)
        {
            var job = new KeptJob(source, mask, destination, pieces, probability);
            WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsFor(gradOutput.Length));
        }
    }

    private static void Run(
        string op,
        string inputName,
        ReadOnlySpan<float> input,
        float probability,
        long seed,
        long step,
        string outputName,
        Span<float> output,
        Span<byte> kept)
    {
        Require.Length(op, outputName, input.Length, output.Length);
        Require.NoPartialOverlap(op, inputName, input, outputName, output);
        Require.InRange(op, nameof(probability), 0, 1, probability);
        var pieces = new Partition(input.Length, input.Length, ThreadGate.ElementsPerPiece);
        fixed (float* source = input, destination = output)
        fixed (byte* mask = kept)
        {
            var job = new Job(source, destination, mask, pieces, probability, seed, step);
            WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsFor(input.Length));
        }
    }

    private readonly struct Job(float* x, float* y, byte* kept, Partition pieces, float probability, long seed, long step) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int start = pieces.Start(index);
            DropoutKernel.Run(x, y, kept, start, pieces.End(index) - start, probability, seed, step);
        }
    }

    private readonly struct KeptJob(float* x, byte* kept, float* y, Partition pieces, float probability) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int start = pieces.Start(index);
            DropoutKernel.Apply(x + start, kept + start, y + start, pieces.End(index) - start, probability);
        }
    }
}

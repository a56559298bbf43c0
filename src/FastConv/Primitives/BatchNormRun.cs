using FastConv.Kernels.Normalization;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>What the four passes of batch normalisation share: the checks, and channels handed to threads.</summary>
internal static unsafe class BatchNormRun
{
    public static void RequireForward(
        string op,
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        float epsilon,
        ReadOnlySpan<float> output)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require.Length(op, nameof(input), shape.InputShape.Length, input.Length);
        Require.LengthOrEmpty(op, nameof(weight), shape.Channels, weight.Length);
        Require.LengthOrEmpty(op, nameof(bias), shape.Channels, bias.Length);
        RequireEpsilon(op, epsilon);
        Require.Length(op, nameof(output), shape.InputShape.Length, output.Length);
        Require.NoPartialOverlap(op, nameof(input), input, nameof(output), output);
    }

    public static void RequireBackward(
        string op,
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> gradInput,
        ReadOnlySpan<float> gradWeight,
        ReadOnlySpan<float> gradBias)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require.Length(op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(op, nameof(gradOutput), shape.InputShape.Length, gradOutput.Length);
        Require.LengthOrEmpty(op, nameof(weight), shape.Channels, weight.Length);
        Require.LengthOrEmpty(op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.LengthOrEmpty(op, nameof(gradWeight), shape.Channels, gradWeight.Length);
        Require.LengthOrEmpty(op, nameof(gradBias), shape.Channels, gradBias.Length);
        Require.NoPartialOverlap(op, nameof(input), input, nameof(gradInput), gradInput);
        Require.NoPartialOverlap(op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
    }

    public static void RequireEpsilon(string op, float epsilon) =>
        Require.InRange(op, nameof(epsilon), 0, float.MaxValue, epsilon);

    /// <summary>Runs the pass over all channels. A channel's bits do not depend on which others share its piece.</summary>
    public static void Run<TPass>(BatchNormShape shape, ref TPass pass)
        where TPass : struct, IBatchNormPass
    {
        // Where single values of the channels lie side by side, a piece is whole cache lines of them.
        int channelsPerPiece = Math.Max(1, ThreadGate.ElementsPerPiece / shape.ValuesPerChannel);
        int grain = shape.Plane == 1 ? AlignedBuffer.RoundUp(channelsPerPiece) : channelsPerPiece;
        var pieces = new Partition(shape.Channels, shape.Channels, grain);
        int scratchLength = BatchNormScratch.LengthOf(shape.Channels);
        using var workspace = Workspace.Rent(Workspace.SizeOf(scratchLength));
        var job = new Job<TPass>(shape, new BatchNormScratch(workspace.Take(scratchLength), shape.Channels), pieces, pass);
        WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsFor(shape.InputShape.Length));
    }

    private readonly struct Job<TPass>(BatchNormShape shape, BatchNormScratch scratch, Partition pieces, TPass pass) : IParallelJob
        where TPass : struct, IBatchNormPass
    {
        public void Execute(int index, int worker) => pass.Run(shape, scratch, pieces.Start(index), pieces.End(index));
    }
}

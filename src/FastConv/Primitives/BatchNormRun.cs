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
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        Activation activation,
        ReadOnlySpan<float> gradInput,
        ReadOnlySpan<float> gradWeight,
        ReadOnlySpan<float> gradBias)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require.Length(op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(op, nameof(gradOutput), shape.InputShape.Length, gradOutput.Length);
        Require.LengthOrEmpty(op, nameof(weight), shape.Channels, weight.Length);
        Require.KnownActivation(op, activation);
        if (activation == Activation.None)
        {
            Require.LengthOrEmpty(op, nameof(output), shape.InputShape.Length, output.Length);
        }
        else
        {
            Require.Length(op, nameof(output), shape.InputShape.Length, output.Length);
        }

        Require.LengthOrEmpty(op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.LengthOrEmpty(op, nameof(gradWeight), shape.Channels, gradWeight.Length);
        Require.LengthOrEmpty(op, nameof(gradBias), shape.Channels, gradBias.Length);
        Require.NoPartialOverlap(op, nameof(input), input, nameof(gradInput), gradInput);
        Require.NoPartialOverlap(op, nameof(output), output, nameof(gradInput), gradInput);
        Require.NoPartialOverlap(op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Require.NoOverlap(op, nameof(gradInput), gradInput, nameof(gradWeight), gradWeight);
        Require.NoOverlap(op, nameof(gradInput), gradInput, nameof(gradBias), gradBias);
        Require.NoOverlap(op, nameof(gradWeight), gradWeight, nameof(gradBias), gradBias);
    }

    public static void RequireEpsilon(string op, float epsilon) =>
        Require.InRange(op, nameof(epsilon), 0, float.MaxValue, epsilon);

    /// <summary>Runs the pass over all channels.</summary>
    public static void Run<TPass>(BatchNormShape shape, ref TPass pass)
        where TPass : struct, IBatchNormPass
    {
        BatchNormPieces pieces = pass.HasSums ? BatchNormPieces.ForSums(shape) : BatchNormPieces.ForMap(shape);
        int runs = pieces.Samples.Parts;
        int scratchLength = BatchNormScratch.LengthOf(shape.Channels, runs);
        using var workspace = Workspace.Rent(Workspace.SizeOf(scratchLength));
        var scratch = new BatchNormScratch(workspace.Take(scratchLength), shape.Channels, runs);
        int threads = ThreadGate.ThreadsFor(shape.InputShape.Length);
        if (pass.HasSums && runs == 1)
        {
            var job = new BlockJob<TPass>(shape, scratch, pieces, pass);
            WorkerTeam.Run(ref job, pieces.Count, threads);
            return;
        }

        if (pass.HasSums)
        {
            pass.Prepare(shape, scratch, 0, shape.Channels);
            var sumJob = new SumJob<TPass>(shape, scratch, pieces, pass);
            WorkerTeam.Run(ref sumJob, pieces.Count, threads);
        }

        pass.Finish(shape, scratch, 0, shape.Channels);
        var mapJob = new MapJob<TPass>(shape, scratch, pieces, pass);
        WorkerTeam.Run(ref mapJob, pieces.Count, threads);
    }

    // Everything for one block of channels, which is in the cache from the sums on.
    private readonly struct BlockJob<TPass>(BatchNormShape shape, BatchNormScratch scratch, BatchNormPieces pieces, TPass pass) : IParallelJob
        where TPass : struct, IBatchNormPass
    {
        public void Execute(int index, int worker)
        {
            ChannelBlock block = pieces.Block(index);
            pass.Prepare(shape, scratch, block.FirstChannel, block.EndChannel);
            pass.Sum(shape, scratch, block, part: 0);
            pass.Finish(shape, scratch, block.FirstChannel, block.EndChannel);
            pass.Map(shape, scratch, block);
        }
    }

    private readonly struct SumJob<TPass>(BatchNormShape shape, BatchNormScratch scratch, BatchNormPieces pieces, TPass pass) : IParallelJob
        where TPass : struct, IBatchNormPass
    {
        public void Execute(int index, int worker) => pass.Sum(shape, scratch, pieces.Block(index), pieces.Run(index));
    }

    private readonly struct MapJob<TPass>(BatchNormShape shape, BatchNormScratch scratch, BatchNormPieces pieces, TPass pass) : IParallelJob
        where TPass : struct, IBatchNormPass
    {
        public void Execute(int index, int worker) => pass.Map(shape, scratch, pieces.Block(index));
    }
}

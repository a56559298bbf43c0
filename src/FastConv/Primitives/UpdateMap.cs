using FastConv.Kernels.Reductions;
using FastConv.Kernels.Updates;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>What all optimisers' primitives share: the checks, and pieces of a fixed size.</summary>
internal static class UpdateMap
{
    private const int Grain = UpdatePieces.Longest;

    /// <summary>The gradient is as long as the value and shares no memory with it.</summary>
    public static void RequireGradient(string op, ReadOnlySpan<float> value, ReadOnlySpan<float> gradient)
    {
        Require.Length(op, nameof(gradient), value.Length, gradient.Length);
        Require.NoOverlap(op, nameof(value), value, nameof(gradient), gradient);
    }

    /// <summary>The state is as long as the value and shares no memory with value or gradient.</summary>
    public static void RequireState(string op, ReadOnlySpan<float> value, ReadOnlySpan<float> gradient, string name, ReadOnlySpan<float> state)
    {
        Require.Length(op, name, value.Length, state.Length);
        Require.NoOverlap(op, nameof(value), value, name, state);
        Require.NoOverlap(op, nameof(gradient), gradient, name, state);
    }

    /// <summary>Updates all elements of one run.</summary>
    public static void Run<TUpdate>(TUpdate update, in UpdateSlice run)
        where TUpdate : struct, IUpdate
    {
        var job = new RunJob<TUpdate>(update, run);
        WorkerTeam.Run(ref job, (int)((run.Length + (Grain - 1L)) / Grain), ThreadGate.ThreadsFor(run.Length));
    }

    /// <summary>Updates all pieces, in one dispatch.</summary>
    public static void Run<TUpdate>(TUpdate update, UpdatePieces pieces)
        where TUpdate : struct, IUpdate
    {
        var job = new PiecesJob<TUpdate>(update, pieces);
        WorkerTeam.Run(ref job, pieces.Count, ThreadGate.ThreadsFor(pieces.Elements));
    }

    /// <summary>Sets all gradients to zero.</summary>
    public static void ClearGradients(UpdatePieces pieces)
    {
        var job = new ClearJob(pieces);
        WorkerTeam.Run(ref job, pieces.Count, ThreadGate.ThreadsFor(pieces.Elements));
    }

    /// <summary>The root of the sum of the squares of all gradients: sums of pieces, added in their order.</summary>
    public static double GradientNorm(UpdatePieces pieces)
    {
        double[] sums = pieces.Sums;
        var job = new SquaresJob(pieces, sums);
        WorkerTeam.Run(ref job, pieces.Count, ThreadGate.ThreadsFor(pieces.Elements));
        double sum = 0;
        foreach (double own in sums)
        {
            sum += own;
        }

        return Math.Sqrt(sum);
    }

    private readonly struct RunJob<TUpdate>(TUpdate update, UpdateSlice run) : IParallelJob
        where TUpdate : struct, IUpdate
    {
        public void Execute(int index, int worker)
        {
            int start = index * Grain;
            UpdateKernel.Run(update, run.Part(start, Math.Min(Grain, run.Length - start)));
        }
    }

    private readonly struct PiecesJob<TUpdate>(TUpdate update, UpdatePieces pieces) : IParallelJob
        where TUpdate : struct, IUpdate
    {
        public void Execute(int index, int worker) => UpdateKernel.Run(update, pieces[index]);
    }

    private readonly unsafe struct ClearJob(UpdatePieces pieces) : IParallelJob
    {
        public void Execute(int index, int worker) => new Span<float>(pieces[index].Gradient, pieces[index].Length).Clear();
    }

    private readonly unsafe struct SquaresJob(UpdatePieces pieces, double[] sums) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            UpdateSlice piece = pieces[index];
            sums[index] = ReductionKernel.Run<DotReduction>(piece.Gradient, piece.Gradient, piece.Length, pivot: 0).First;
        }
    }
}

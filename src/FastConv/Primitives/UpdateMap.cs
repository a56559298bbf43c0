using FastConv.Kernels.Updates;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>What all optimisers' primitives share: the checks, and pieces of a fixed size.</summary>
internal static class UpdateMap
{
    // Floats. The value, the gradient and two states of a piece stay in a core's second-level cache.
    private const int Grain = 16 * 1024;

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

    /// <summary>Updates all elements.</summary>
    public static void Run<TUpdate>(TUpdate update, int length)
        where TUpdate : struct, IUpdate
    {
        var job = new Job<TUpdate>(update, length);
        WorkerTeam.Run(ref job, (int)((length + (Grain - 1L)) / Grain), ThreadGate.ThreadsFor(length));
    }

    private readonly struct Job<TUpdate>(TUpdate update, int length) : IParallelJob
        where TUpdate : struct, IUpdate
    {
        public void Execute(int index, int worker)
        {
            int start = index * Grain;
            UpdateKernel.Run(update, start, start + Math.Min(Grain, length - start));
        }
    }
}

using FastConv.Kernels.Elementwise;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// What all elementwise primitives share: the checks, and pieces of a fixed size, so that an element is computed the same way on any
/// number of threads.
/// </summary>
internal static unsafe class ElementwiseMap
{
    private const int Grain = ThreadGate.ElementsPerPiece;

    /// <summary>y = operation(x).</summary>
    public static void Unary<TOperator>(string op, TOperator operation, ReadOnlySpan<float> x, string outputName, Span<float> y)
        where TOperator : struct, IUnaryOperator
    {
        Require.Length(op, outputName, x.Length, y.Length);
        Require.NoPartialOverlap(op, "x", x, outputName, y);
        fixed (float* source = x, destination = y)
        {
            var job = new UnaryJob<TOperator>(operation, source, destination, x.Length);
            WorkerTeam.Run(ref job, PiecesOf(x.Length), ThreadGate.ThreadsFor(x.Length));
        }
    }

    /// <summary>z = operation(x, y).</summary>
    public static void Binary<TOperator>(
        string op,
        TOperator operation,
        string firstName,
        ReadOnlySpan<float> x,
        string secondName,
        ReadOnlySpan<float> y,
        string outputName,
        Span<float> z)
        where TOperator : struct, IBinaryOperator
    {
        Require.Length(op, secondName, x.Length, y.Length);
        Require.Length(op, outputName, x.Length, z.Length);
        Require.NoPartialOverlap(op, firstName, x, outputName, z);
        Require.NoPartialOverlap(op, secondName, y, outputName, z);
        fixed (float* first = x, second = y, destination = z)
        {
            var job = new BinaryJob<TOperator>(operation, first, second, destination, x.Length);
            WorkerTeam.Run(ref job, PiecesOf(x.Length), ThreadGate.ThreadsFor(x.Length));
        }
    }

    private static int PiecesOf(int length) => (int)((length + (Grain - 1L)) / Grain);

    private readonly struct UnaryJob<TOperator>(TOperator operation, float* x, float* y, int length) : IParallelJob
        where TOperator : struct, IUnaryOperator
    {
        public void Execute(int index, int worker)
        {
            int start = index * Grain;
            MapKernel.Unary(operation, x + start, y + start, Math.Min(Grain, length - start));
        }
    }

    private readonly struct BinaryJob<TOperator>(TOperator operation, float* x, float* y, float* z, int length) : IParallelJob
        where TOperator : struct, IBinaryOperator
    {
        public void Execute(int index, int worker)
        {
            int start = index * Grain;
            MapKernel.Binary(operation, x + start, y + start, z + start, Math.Min(Grain, length - start));
        }
    }
}

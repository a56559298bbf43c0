using FastConv.Kernels.Normalization;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>What softmax and log-softmax share: the checks, and rows handed to threads, several at a time where they are short.</summary>
internal static unsafe class SoftmaxRows
{
    public static void Forward<TKernel>(string op, int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
        where TKernel : struct, ISoftmaxKernel
    {
        int length = Require.Product(op, nameof(rows), rows, nameof(columns), columns);
        Require.Length(op, nameof(x), length, x.Length);
        Require.Length(op, nameof(y), length, y.Length);
        Require.NoPartialOverlap(op, nameof(x), x, nameof(y), y);
        Partition pieces = ThreadGate.PiecesOf(rows, columns);
        fixed (float* source = x, destination = y)
        {
            var job = new ForwardJob<TKernel>(source, destination, pieces, columns);
            WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsFor(length));
        }
    }

    public static void Backward<TKernel>(
        string op, int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
        where TKernel : struct, ISoftmaxKernel
    {
        int length = Require.Product(op, nameof(rows), rows, nameof(columns), columns);
        Require.Length(op, nameof(y), length, y.Length);
        Require.Length(op, nameof(gradOutput), length, gradOutput.Length);
        Require.Length(op, nameof(gradInput), length, gradInput.Length);
        Require.NoPartialOverlap(op, nameof(y), y, nameof(gradInput), gradInput);
        Require.NoPartialOverlap(op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Partition pieces = ThreadGate.PiecesOf(rows, columns);
        fixed (float* output = y, gradient = gradOutput, destination = gradInput)
        {
            var job = new BackwardJob<TKernel>(output, gradient, destination, pieces, columns);
            WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsFor(length));
        }
    }

    private readonly struct ForwardJob<TKernel>(float* x, float* y, Partition pieces, int columns) : IParallelJob
        where TKernel : struct, ISoftmaxKernel
    {
        public void Execute(int index, int worker)
        {
            int start = pieces.Start(index);
            long offset = (long)start * columns;
            TKernel.Forward(x + offset, y + offset, pieces.End(index) - start, columns);
        }
    }

    private readonly struct BackwardJob<TKernel>(float* y, float* gradOutput, float* gradInput, Partition pieces, int columns) : IParallelJob
        where TKernel : struct, ISoftmaxKernel
    {
        public void Execute(int index, int worker)
        {
            int start = pieces.Start(index);
            long offset = (long)start * columns;
            TKernel.Backward(y + offset, gradOutput + offset, gradInput + offset, pieces.End(index) - start, columns);
        }
    }
}

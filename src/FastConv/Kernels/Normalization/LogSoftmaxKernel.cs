using System.Diagnostics;
using System.Numerics.Tensors;
using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// y = (x - max) - log sum e^(x - max). Backward: gradInput = gradOutput - e^y * sum(gradOutput). Exponentials are made a piece at a
/// time, because the row itself is still needed.
/// </summary>
internal readonly unsafe struct LogSoftmaxKernel : ISoftmaxKernel
{
    private const int Piece = 256;

    public static void Forward(float* x, float* y, int columns)
    {
        Debug.Assert(columns > 0);
        var input = new ReadOnlySpan<float>(x, columns);
        var output = new Span<float>(y, columns);
        TensorPrimitives.Subtract(input, TensorPrimitives.Max(input), output);

        float* exponentials = stackalloc float[Piece];
        double sum = 0;
        for (int start = 0; start < columns; start += Piece)
        {
            int length = Math.Min(Piece, columns - start);
            TensorPrimitives.Exp(output.Slice(start, length), new Span<float>(exponentials, length));
            sum += ReductionKernel.Run<SumReduction>(exponentials, exponentials, length, pivot: 0).First;
        }

        TensorPrimitives.Subtract(output, (float)Math.Log(sum), output);
    }

    public static void Backward(float* y, float* gradOutput, float* gradInput, int columns)
    {
        Debug.Assert(columns > 0);
        float sum = (float)ReductionKernel.Run<SumReduction>(gradOutput, gradOutput, columns, pivot: 0).First;
        float* exponentials = stackalloc float[Piece];
        for (int start = 0; start < columns; start += Piece)
        {
            int length = Math.Min(Piece, columns - start);
            TensorPrimitives.Exp(new ReadOnlySpan<float>(y + start, length), new Span<float>(exponentials, length));
            MapKernel.Binary(new GradientOperator(sum), exponentials, gradOutput + start, gradInput + start, length);
        }
    }

    private readonly struct GradientOperator(float sum) : IBinaryOperator
    {
        public V Apply<V>(V probability, V gradOutput)
            where V : struct, IVector<V> => gradOutput - probability * V.Broadcast(sum);
    }
}

using System.Diagnostics;
using System.Numerics.Tensors;
using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// y = e^(x - max) / sum e^(x - max): the largest exponent is 0, so nothing overflows and the sum is at least 1.
/// Backward: gradInput = y * (gradOutput - sum(gradOutput * y)).
/// </summary>
internal readonly unsafe struct SoftmaxKernel : ISoftmaxKernel
{
    public static void Forward(float* x, float* y, int columns)
    {
        Debug.Assert(columns > 0);
        var input = new ReadOnlySpan<float>(x, columns);
        var output = new Span<float>(y, columns);
        TensorPrimitives.Subtract(input, TensorPrimitives.Max(input), output);
        TensorPrimitives.Exp(output, output);
        float sum = (float)ReductionKernel.Run<SumReduction>(y, y, columns, pivot: 0).First;
        TensorPrimitives.Divide(output, sum, output);
    }

    public static void Backward(float* y, float* gradOutput, float* gradInput, int columns)
    {
        Debug.Assert(columns > 0);
        float dot = (float)ReductionKernel.Run<DotReduction>(y, gradOutput, columns, pivot: 0).First;
        MapKernel.Binary(new GradientOperator(dot), y, gradOutput, gradInput, columns);
    }

    private readonly struct GradientOperator(float dot) : IBinaryOperator
    {
        public V Apply<V>(V y, V gradOutput)
            where V : struct, IVector<V> => y * (gradOutput - V.Broadcast(dot));
    }
}

using System.Numerics.Tensors;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>1 / (1 + e^-x).</summary>
internal readonly unsafe struct SigmoidKernel : IUnaryKernel
{
    public void Run(float* x, float* y, int length) =>
        TensorPrimitives.Sigmoid(new ReadOnlySpan<float>(x, length), new Span<float>(y, length));
}

/// <summary>(y, gradOutput) to gradOutput * y * (1 - y).</summary>
internal readonly struct SigmoidGradientOperator : IBinaryOperator
{
    public V Apply<V>(V y, V gradOutput)
        where V : struct, IVector<V> => gradOutput * ((V.Broadcast(1) - y) * y);
}

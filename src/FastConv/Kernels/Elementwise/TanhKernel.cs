using System.Numerics.Tensors;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>tanh x.</summary>
internal readonly unsafe struct TanhKernel : IUnaryKernel
{
    public void Run(float* x, float* y, int length) =>
        TensorPrimitives.Tanh(new ReadOnlySpan<float>(x, length), new Span<float>(y, length));
}

/// <summary>(y, gradOutput) to gradOutput * (1 - y^2), as a product that cancels nothing where y is near 1.</summary>
internal readonly struct TanhGradientOperator : IBinaryOperator
{
    public V Apply<V>(V y, V gradOutput)
        where V : struct, IVector<V> => gradOutput * ((V.Broadcast(1) - y) * (V.Broadcast(1) + y));
}

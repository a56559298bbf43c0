using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>tanh x.</summary>
internal readonly struct TanhOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> => TanhMath.Tanh(x);
}

/// <summary>(y, gradOutput) to gradOutput * (1 - y^2), as a product that cancels nothing where y is near 1.</summary>
internal readonly struct TanhGradientOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V y, V gradOutput)
        where V : struct, IVector<V> => gradOutput * ((V.Broadcast(1) - y) * (V.Broadcast(1) + y));
}

using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x * sigmoid(x).</summary>
internal readonly struct SiLUOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> => x * SigmoidMath.Sigmoid(x);
}

/// <summary>(x, gradOutput) to gradOutput * s * (1 + x * (1 - s)) with s = sigmoid(x).</summary>
internal readonly struct SiLUGradientOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V>
    {
        V sigmoid = SigmoidMath.Sigmoid(x);
        V one = V.Broadcast(1);
        return gradOutput * (sigmoid * V.FusedMultiplyAdd(x, one - sigmoid, one));
    }
}

using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x * (x / 6 + 1 / 2, limited to [0, 1]).</summary>
internal readonly struct HardSwishOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> => x * default(HardSigmoidOperator).Apply(x);
}

/// <summary>(x, gradOutput) to gradOutput * (x / 3 + 1 / 2) between -3 and 3, 0 below, gradOutput above.</summary>
internal readonly struct HardSwishGradientOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V>
    {
        V between = gradOutput * V.FusedMultiplyAdd(x, V.Broadcast(1f / 3), V.Broadcast(0.5f));
        V fromBelow = V.Select(V.GreaterThanOrEqual(V.Broadcast(-3), x), V.Zero, between);
        return V.Select(V.GreaterThanOrEqual(x, V.Broadcast(3)), gradOutput, fromBelow);
    }
}

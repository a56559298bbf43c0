using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x / 6 + 1 / 2, limited to [0, 1].</summary>
internal readonly struct HardSigmoidOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> =>
        V.MinOrSecond(V.Broadcast(6), V.MaxOrSecond(V.Zero, x + V.Broadcast(3))) * V.Broadcast(1f / 6);
}

/// <summary>(x, gradOutput) to gradOutput / 6 between -3 and 3, 0 elsewhere.</summary>
internal readonly struct HardSigmoidGradientOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V> => V.Select(
            V.GreaterThan(V.Broadcast(3), V.Abs(x)), gradOutput * V.Broadcast(1f / 6), V.Zero);
}

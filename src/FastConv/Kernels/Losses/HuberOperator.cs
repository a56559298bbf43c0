using System.Runtime.CompilerServices;
using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>With d = |prediction - target|: d^2 / 2 below delta, delta * (d - delta / 2) from there on.</summary>
internal readonly struct HuberOperator(float delta) : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target)
        where V : struct, IVector<V>
    {
        V difference = V.Abs(prediction - target);
        V half = V.Broadcast(0.5f);
        V line = V.Broadcast(delta) * (difference - half * V.Broadcast(delta));
        return V.Select(V.GreaterThan(V.Broadcast(delta), difference), half * difference * difference, line);
    }
}

/// <summary>(prediction, target) to scale * (prediction - target), the difference limited to [-delta, delta].</summary>
internal readonly struct HuberGradientOperator(float delta, float scale) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> =>
        V.Max(V.Min(prediction - target, V.Broadcast(delta)), V.Broadcast(-delta)) * V.Broadcast(scale);
}

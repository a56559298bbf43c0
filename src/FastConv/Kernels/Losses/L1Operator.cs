using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>|prediction - target|.</summary>
internal readonly struct L1Operator : IElementLoss
{
    public V Value<V>(V prediction, V target)
        where V : struct, IVector<V> => V.Abs(prediction - target);
}

/// <summary>(prediction, target) to scale * sign(prediction - target), which is 0 where they are equal or one is NaN, as in PyTorch.</summary>
internal readonly struct L1GradientOperator(float scale) : IBinaryOperator
{
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> => V.Select(
            V.GreaterThan(prediction, target),
            V.Broadcast(scale),
            V.Select(V.GreaterThan(target, prediction), V.Broadcast(-scale), V.Zero));
}

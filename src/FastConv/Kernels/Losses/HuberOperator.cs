using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>With d = |prediction - target|: d^2 / 2 below delta, delta * (d - delta / 2) from there on.</summary>
internal readonly struct HuberOperator(double delta) : IElementLoss
{
    public double Value(double prediction, double target)
    {
        double difference = Math.Abs(prediction - target);
        return difference < delta ? 0.5 * difference * difference : delta * (difference - 0.5 * delta);
    }
}

/// <summary>(prediction, target) to scale * (prediction - target), the difference limited to [-delta, delta].</summary>
internal readonly struct HuberGradientOperator(float delta, float scale) : IBinaryOperator
{
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> =>
        V.Max(V.Min(prediction - target, V.Broadcast(delta)), V.Broadcast(-delta)) * V.Broadcast(scale);
}

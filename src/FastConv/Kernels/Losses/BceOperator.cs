using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>-(target * log p + (1 - target) * log(1 - p)) of a probability p, each logarithm no lower than -100, as in PyTorch.</summary>
internal readonly struct BceOperator : IElementLoss
{
    private const double LowestLog = -100;

    public double Value(double prediction, double target) =>
        (target - 1) * Math.Max(Math.Log(1 - prediction), LowestLog) - target * Math.Max(Math.Log(prediction), LowestLog);
}

/// <summary>(p, target) to scale * (p - target) / (p * (1 - p)), the divisor no lower than 1e-12, as in PyTorch.</summary>
internal readonly struct BceGradientOperator(float scale) : IBinaryOperator
{
    private const float LowestDivisor = 1e-12f;

    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> =>
        (prediction - target) / V.Max((V.Broadcast(1) - prediction) * prediction, V.Broadcast(LowestDivisor)) * V.Broadcast(scale);
}

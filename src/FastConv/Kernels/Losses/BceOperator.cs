using System.Runtime.CompilerServices;
using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>-(target * log p + (1 - target) * log(1 - p)) of a probability p, each logarithm no lower than -100, as in PyTorch.</summary>
internal readonly struct BceOperator : IElementLoss
{
    private const float LowestLog = -100;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target)
        where V : struct, IVector<V>
    {
        V lowest = V.Broadcast(LowestLog);
        V whenFalse = V.MaxOrSecond(lowest, LogMath.LogOnePlus(V.Zero - prediction));
        V whenTrue = V.MaxOrSecond(lowest, LogMath.Log(prediction));
        return (target - V.Broadcast(1)) * whenFalse - target * whenTrue;
    }
}

/// <summary>(p, target) to scale * (p - target) / (p * (1 - p)), the divisor no lower than 1e-12, as in PyTorch.</summary>
internal readonly struct BceGradientOperator(float scale) : IBinaryOperator
{
    private const float LowestDivisor = 1e-12f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> =>
        (prediction - target) / V.Max((V.Broadcast(1) - prediction) * prediction, V.Broadcast(LowestDivisor)) * V.Broadcast(scale);
}

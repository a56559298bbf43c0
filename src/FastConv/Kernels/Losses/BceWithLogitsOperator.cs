using System.Runtime.CompilerServices;
using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>Binary cross-entropy of sigmoid(x): max(x, 0) - x * target + log(1 + e^-|x|), which overflows for no logit.</summary>
internal readonly struct BceWithLogitsOperator : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target)
        where V : struct, IVector<V>
    {
        V certain = V.FusedMultiplyAdd(V.Zero - prediction, target, V.MaxOrSecond(V.Zero, prediction));
        return certain + LogMath.LogOnePlus(ExpMath.ExpNonPositive(V.CopySign(prediction, V.Broadcast(-1))));
    }
}

/// <summary>(x, target) to scale * (sigmoid(x) - target).</summary>
internal readonly struct BceWithLogitsGradientOperator(float scale) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> => (SigmoidMath.Sigmoid(prediction) - target) * V.Broadcast(scale);
}

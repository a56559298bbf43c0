using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>(prediction - target)^2.</summary>
internal readonly struct MseOperator : IElementLoss
{
    public V Value<V>(V prediction, V target)
        where V : struct, IVector<V>
    {
        V difference = prediction - target;
        return difference * difference;
    }
}

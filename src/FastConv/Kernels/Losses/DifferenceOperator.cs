using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>(prediction, target) to scale * (prediction - target): the gradient of the squared error.</summary>
internal readonly struct DifferenceOperator(float scale) : IBinaryOperator
{
    public V Apply<V>(V prediction, V target)
        where V : struct, IVector<V> => (prediction - target) * V.Broadcast(scale);
}

using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x + a.</summary>
internal readonly struct AddScalarOperator(float addend) : IUnaryOperator
{
    public V Apply<V>(V x)
        where V : struct, IVector<V> => x + V.Broadcast(addend);
}

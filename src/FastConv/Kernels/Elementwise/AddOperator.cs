using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x + y.</summary>
internal readonly struct AddOperator : IBinaryOperator
{
    public V Apply<V>(V x, V y)
        where V : struct, IVector<V> => x + y;
}

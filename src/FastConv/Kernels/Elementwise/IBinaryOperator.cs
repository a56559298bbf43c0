using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>z = f(x, y), element by element. A struct that holds the function's constants.</summary>
internal interface IBinaryOperator
{
    V Apply<V>(V x, V y)
        where V : struct, IVector<V>;
}

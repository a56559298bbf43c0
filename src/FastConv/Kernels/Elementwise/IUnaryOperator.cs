using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>y = f(x), element by element. A struct that holds the function's constants.</summary>
internal interface IUnaryOperator
{
    V Apply<V>(V x)
        where V : struct, IVector<V>;
}

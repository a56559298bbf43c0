using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>max(x, 0); NaN stays NaN.</summary>
internal readonly struct ReLUOperator : IUnaryOperator
{
    public V Apply<V>(V x)
        where V : struct, IVector<V> => V.Max(x, V.Zero);
}

/// <summary>(y, gradOutput) to y &lt;= 0 ? 0 : gradOutput, so that the gradient passes where y is NaN, as in PyTorch.</summary>
internal readonly struct ReLUGradientOperator : IBinaryOperator
{
    public V Apply<V>(V y, V gradOutput)
        where V : struct, IVector<V> => V.Select(V.GreaterThanOrEqual(V.Zero, y), V.Zero, gradOutput);
}

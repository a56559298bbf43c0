using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x &gt; 0 ? x : slope * x.</summary>
internal readonly struct LeakyReLUOperator(float negativeSlope) : IUnaryOperator
{
    public V Apply<V>(V x)
        where V : struct, IVector<V> => V.Select(V.GreaterThan(x, V.Zero), x, x * V.Broadcast(negativeSlope));
}

/// <summary>(x, gradOutput) to x &gt; 0 ? gradOutput : slope * gradOutput.</summary>
internal readonly struct LeakyReLUGradientOperator(float negativeSlope) : IBinaryOperator
{
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V> => V.Select(V.GreaterThan(x, V.Zero), gradOutput, gradOutput * V.Broadcast(negativeSlope));
}

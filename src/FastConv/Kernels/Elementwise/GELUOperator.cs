using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>x * P(x) with the share of the normal distribution below x: P(x) = (1 + erf(x / sqrt 2)) / 2.</summary>
internal readonly struct GELUOperator : IUnaryOperator
{
    private const float HalfRoot = 0.707106781f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> => x * Share(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Share<V>(V x)
        where V : struct, IVector<V>
    {
        V half = V.Broadcast(0.5f);
        return V.FusedMultiplyAdd(ErfMath.Erf(x * V.Broadcast(HalfRoot)), half, half);
    }
}

/// <summary>(x, gradOutput) to gradOutput * (P(x) + x * e^(-x^2 / 2) / sqrt(2 pi)).</summary>
internal readonly struct GELUGradientOperator : IBinaryOperator
{
    private const float DensityAt0 = 0.398942280f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V>
    {
        V density = ExpMath.ExpNonPositive(x * x * V.Broadcast(-0.5f)) * V.Broadcast(DensityAt0);
        return gradOutput * V.FusedMultiplyAdd(x, density, GELUOperator.Share(x));
    }
}

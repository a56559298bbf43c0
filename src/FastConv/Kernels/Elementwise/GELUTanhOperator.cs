using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// x * (1 + tanh(u)) / 2 with u = sqrt(2 / pi) * (x + 0.044715 x^3), as x * sigmoid(2u): the same number, without the cancellation where tanh
/// is near -1.
/// </summary>
internal readonly struct GELUTanhOperator : IUnaryOperator
{
    internal const float Cubic = 0.044715f;

    // 2 sqrt(2 / pi)
    internal const float Scale = 1.59576912f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x)
        where V : struct, IVector<V> => x * SigmoidMath.Sigmoid(Argument(x, x * x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Argument<V>(V x, V square)
        where V : struct, IVector<V> => x * V.FusedMultiplyAdd(square, V.Broadcast(Cubic * Scale), V.Broadcast(Scale));
}

/// <summary>(x, gradOutput) to gradOutput * (s + x * s * (1 - s) * dv/dx) with s = sigmoid(v), v = 2u.</summary>
internal readonly struct GELUTanhGradientOperator : IBinaryOperator
{
    // From here on s is 0 or 1, and the gradient that of the limit.
    private const float Straight = 40;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V gradOutput)
        where V : struct, IVector<V>
    {
        V limited = V.MinOrSecond(V.Broadcast(Straight), V.MaxOrSecond(V.Broadcast(-Straight), x));
        V square = limited * limited;
        V argument = GELUTanhOperator.Argument(limited, square);
        V one = V.Broadcast(1);

        // With e = exp(-|v|): s is 1 / (1 + e) or e / (1 + e), and s * (1 - s) is e / (1 + e)^2, without cancellation.
        V exponential = ExpMath.ExpNonPositive(V.CopySign(argument, V.Broadcast(-1)));
        V inverse = one / (one + exponential);
        V sigmoid = V.Select(V.GreaterThanOrEqual(argument, V.Zero), inverse, exponential * inverse);
        V bend = limited * exponential * inverse * inverse;
        V slope = V.FusedMultiplyAdd(square, V.Broadcast(3 * GELUTanhOperator.Cubic * GELUTanhOperator.Scale), V.Broadcast(GELUTanhOperator.Scale));
        return gradOutput * V.FusedMultiplyAdd(bend, slope, sigmoid);
    }
}

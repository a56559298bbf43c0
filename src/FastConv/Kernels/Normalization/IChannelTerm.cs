using System.Runtime.CompilerServices;
using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>What a channel's sums are made of: t in sum(t) and sum(t * (x - pivot)).</summary>
internal unsafe interface IChannelTerm
{
    /// <param name="deviation">x - pivot.</param>
    /// <param name="gradOutput">Beside x; null where forward is summed.</param>
    /// <param name="output">Beside x; null without an activation.</param>
    static abstract V Of<V>(V deviation, float* gradOutput, float* output)
        where V : struct, IVector<V>;
}

/// <summary>The sums of deviations and of their squares: mean and variance, without cancellation where the pivot is close to the mean.</summary>
internal readonly unsafe struct DeviationTerm : IChannelTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V deviation, float* gradOutput, float* output)
        where V : struct, IVector<V> => deviation;
}

/// <summary>The sums of the gradients and of their products with the deviations.</summary>
internal readonly unsafe struct GradientTerm : IChannelTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V deviation, float* gradOutput, float* output)
        where V : struct, IVector<V> => V.Load(gradOutput);
}

/// <summary>The same of the gradients that a ReLU behind the normalisation lets through.</summary>
internal readonly unsafe struct ReLUGradientTerm : IChannelTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V deviation, float* gradOutput, float* output)
        where V : struct, IVector<V> => default(ReLUGradientOperator).Apply(V.Load(output), V.Load(gradOutput));
}

using System.Runtime.CompilerServices;
using FastConv.Kernels.Elementwise;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>(x - a) * b + c: a the mean, b weight * inverse standard deviation, c the bias.</summary>
internal readonly unsafe struct NormalizeOperator : IChannelOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(float* input, float* gradOutput, float* output, V a, V b, V c, V d)
        where V : struct, IVector<V> => V.FusedMultiplyAdd(V.Load(input) - a, b, c);
}

/// <summary>The same, and then a ReLU.</summary>
internal readonly unsafe struct NormalizeReLUOperator : IChannelOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(float* input, float* gradOutput, float* output, V a, V b, V c, V d)
        where V : struct, IVector<V> => default(ReLUOperator).Apply(NormalizeOperator.Apply(input, gradOutput, output, a, b, c, d));
}

/// <summary>Learnables that may be left out.</summary>
internal static unsafe class BatchNormAffine
{
    public static double Of(float* values, int channel, double neutral) => values == null ? neutral : values[channel];
}

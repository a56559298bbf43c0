using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>A function of (x, y), element by element, with four coefficients a channel.</summary>
internal interface IChannelOperator
{
    static abstract V Apply<V>(V x, V y, V a, V b, V c, V d)
        where V : struct, IVector<V>;
}

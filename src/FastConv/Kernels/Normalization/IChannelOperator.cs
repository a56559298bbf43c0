using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>A function of an element and what lies beside it, with four coefficients a channel.</summary>
internal unsafe interface IChannelOperator
{
    /// <param name="input">The element.</param>
    /// <param name="gradOutput">As in <see cref="ChannelData"/>.</param>
    /// <param name="output">As in <see cref="ChannelData"/>.</param>
    /// <param name="a">The first coefficient.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    static abstract V Apply<V>(float* input, float* gradOutput, float* output, V a, V b, V c, V d)
        where V : struct, IVector<V>;
}

using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>
/// What one element (x, y) adds to two sums at once. An element with x = pivot and y = 0 must add nothing: the last, partly filled
/// vector is padded with such elements.
/// </summary>
internal interface IReduction
{
    static abstract void Accumulate<V>(V x, V y, V pivot, ref V first, ref V second)
        where V : struct, IVector<V>;
}

using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>The sum of two tensors of one shape: where a residual connection meets its trunk. Its backward is the identity, twice.</summary>
public static class AddPrimitives
{
    /// <summary>sum = x + y. Any length; the sum may overwrite an argument.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the sum overlaps an argument in part.</exception>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> sum) =>
        ElementwiseMap.Binary("Add", default(AddOperator), nameof(x), x, nameof(y), y, nameof(sum), sum);
}

using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = x * (x / 6 + 1 / 2), the second factor limited to [0, 1]. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Hardswish.html
/// </summary>
public static class HardSwishPrimitives
{
    /// <summary>y = x * (x / 6 + 1 / 2), the second factor limited to [0, 1].</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("HardSwish.Forward", default(HardSwishOperator), x, nameof(y), y);

    /// <summary>gradInput = gradOutput * (x / 3 + 1 / 2) for x between -3 and 3, 0 below, gradOutput above, where <paramref name="x"/> is what forward was given.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "HardSwish.Backward", default(HardSwishGradientOperator), nameof(x), x, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

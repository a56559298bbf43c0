using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = x * s with s = 1 / (1 + e^-x). Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html
/// </summary>
public static class SiLUPrimitives
{
    /// <summary>y = x * s with s = 1 / (1 + e^-x).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("SiLU.Forward", default(SiLUOperator), x, nameof(y), y);

    /// <summary>gradInput = gradOutput * s * (1 + x * (1 - s)), where <paramref name="x"/> is what forward was given.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "SiLU.Backward", default(SiLUGradientOperator), nameof(x), x, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

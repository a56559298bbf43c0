using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = tanh x. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html
/// </summary>
public static class TanhPrimitives
{
    /// <summary>y = tanh x.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("Tanh.Forward", default(TanhOperator), x, nameof(y), y);

    /// <summary>gradInput = gradOutput * (1 - y^2), where <paramref name="y"/> is what forward returned.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "Tanh.Backward", default(TanhGradientOperator), nameof(y), y, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = max(x, 0), NaN staying NaN. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html
/// </summary>
public static class ReLUPrimitives
{
    /// <summary>y = max(x, 0).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("ReLU.Forward", default(ReLUOperator), x, nameof(y), y);

    /// <summary>gradInput = y &lt;= 0 ? 0 : gradOutput, where <paramref name="y"/> is what forward returned.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "ReLU.Backward", default(ReLUGradientOperator), nameof(y), y, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

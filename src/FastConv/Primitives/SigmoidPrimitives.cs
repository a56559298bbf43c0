using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = 1 / (1 + e^-x). Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
/// </summary>
public static class SigmoidPrimitives
{
    /// <summary>y = 1 / (1 + e^-x).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("Sigmoid.Forward", default(SigmoidOperator), x, nameof(y), y);

    /// <summary>gradInput = gradOutput * y * (1 - y), where <paramref name="y"/> is what forward returned.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "Sigmoid.Backward", default(SigmoidGradientOperator), nameof(y), y, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = x / 6 + 1 / 2, limited to [0, 1]. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html
/// </summary>
public static class HardSigmoidPrimitives
{
    /// <summary>y = x / 6 + 1 / 2, limited to [0, 1].</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) =>
        ElementwiseMap.Unary("HardSigmoid.Forward", default(HardSigmoidOperator), x, nameof(y), y);

    /// <summary>gradInput = gradOutput / 6 for x between -3 and 3, 0 elsewhere, where <paramref name="x"/> is what forward was given.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "HardSigmoid.Backward", default(HardSigmoidGradientOperator), nameof(x), x, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
}

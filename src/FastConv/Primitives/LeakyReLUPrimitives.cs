using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = x where x is above 0, elsewhere negativeSlope * x. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
/// </summary>
public static class LeakyReLUPrimitives
{
    /// <summary>y = x &gt; 0 ? x : negativeSlope * x.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Forward(ReadOnlySpan<float> x, float negativeSlope, Span<float> y) =>
        ElementwiseMap.Unary("LeakyReLU.Forward", new LeakyReLUOperator(negativeSlope), x, nameof(y), y);

    /// <summary>gradInput = x &gt; 0 ? gradOutput : negativeSlope * gradOutput, where <paramref name="x"/> is what forward was given.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, float negativeSlope, Span<float> gradInput) =>
        ElementwiseMap.Binary(
            "LeakyReLU.Backward",
            new LeakyReLUGradientOperator(negativeSlope),
            nameof(x),
            x,
            nameof(gradOutput),
            gradOutput,
            nameof(gradInput),
            gradInput);
}

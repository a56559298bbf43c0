using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>
/// y = x * P(x), where P(x) = (1 + erf(x / sqrt 2)) / 2 is the share of the normal distribution below x (Hendrycks, Gimpel 2016), or its
/// approximation (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2. Any length; a result may overwrite an argument.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.GELU.html
/// </summary>
public static class GELUPrimitives
{
    /// <summary>y = x * P(x).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An approximation that there is none of.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, GELUApproximation approximate = GELUApproximation.None)
    {
        const string Op = "GELU.Forward";
        if (IsTanh(Op, approximate))
        {
            ElementwiseMap.Unary(Op, default(GELUTanhOperator), x, nameof(y), y);
        }
        else
        {
            ElementwiseMap.Unary(Op, default(GELUOperator), x, nameof(y), y);
        }
    }

    /// <summary>gradInput = gradOutput * (P(x) + x * P'(x)), where <paramref name="x"/> is what forward was given.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the result overlaps an argument in part.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An approximation that there is none of.</exception>
    public static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, Span<float> gradInput, GELUApproximation approximate = GELUApproximation.None)
    {
        const string Op = "GELU.Backward";
        if (IsTanh(Op, approximate))
        {
            ElementwiseMap.Binary(
                Op, default(GELUTanhGradientOperator), nameof(x), x, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        }
        else
        {
            ElementwiseMap.Binary(Op, default(GELUGradientOperator), nameof(x), x, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        }
    }

    private static bool IsTanh(string op, GELUApproximation approximate) => approximate switch
    {
        GELUApproximation.None => false,
        GELUApproximation.Tanh => true,
        _ => throw new ArgumentOutOfRangeException(nameof(approximate), $"{op}: approximate expects None or Tanh, received {approximate}."),
    };
}

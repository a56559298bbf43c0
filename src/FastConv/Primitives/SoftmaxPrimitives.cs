using FastConv.Kernels.Normalization;

namespace FastConv.Primitives;

/// <summary>
/// e^x / sum(e^x), over each row of a [rows, columns] matrix. Safe for any finite logits.
/// A result may overwrite an argument. Source: https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html
/// </summary>
public static class SoftmaxPrimitives
{
    /// <summary>y = e^x / sum(e^x).</summary>
    /// <exception cref="ArgumentException">A size below 1, a length that is not rows * columns, or spans that overlap in part.</exception>
    public static void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y) =>
        SoftmaxRows.Forward<SoftmaxKernel>("Softmax.Forward", rows, columns, x, y);

    /// <summary>gradInput = y * (gradOutput - sum(gradOutput * y)), where <paramref name="y"/> is what forward returned.</summary>
    /// <exception cref="ArgumentException">A size below 1, a length that is not rows * columns, or a result that overlaps an argument in part.</exception>
    public static void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput) =>
        SoftmaxRows.Backward<SoftmaxKernel>("Softmax.Backward", rows, columns, y, gradOutput, gradInput);
}

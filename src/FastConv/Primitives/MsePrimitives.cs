using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean of (prediction - target)^2. Source: https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
/// </summary>
public static class MsePrimitives
{
    /// <summary>Returns the mean over all elements.</summary>
    /// <exception cref="ArgumentException">No element, or the lengths differ.</exception>
    public static float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        ElementLossMap.Mean("Mse.Forward", default(MseOperator), prediction, target);

    /// <summary>gradPrediction = 2 * (prediction - target) / n. May overwrite an argument.</summary>
    /// <exception cref="ArgumentException">No element, the lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        ElementLossMap.Gradient("Mse.Backward", new DifferenceOperator((float)(2.0 / prediction.Length)), prediction, target, gradPrediction);
}

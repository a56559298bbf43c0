using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean of |prediction - target|. Source: https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html
/// </summary>
public static class L1Primitives
{
    /// <summary>Returns the mean over all elements.</summary>
    /// <exception cref="ArgumentException">No element, or the lengths differ.</exception>
    public static float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        ElementLossMap.Mean("L1.Forward", default(L1Operator), prediction, target);

    /// <summary>gradPrediction = sign(prediction - target) / n, 0 where they are equal. May overwrite an argument.</summary>
    /// <exception cref="ArgumentException">No element, the lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        ElementLossMap.Gradient("L1.Backward", new L1GradientOperator((float)(1.0 / prediction.Length)), prediction, target, gradPrediction);
}

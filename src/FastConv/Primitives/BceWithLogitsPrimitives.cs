using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean binary cross-entropy of sigmoid(x) for logits x, without overflow for any of them.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html
/// </summary>
public static class BceWithLogitsPrimitives
{
    /// <summary>Returns the mean over all elements.</summary>
    /// <param name="prediction">Logits.</param>
    /// <param name="target">The same length; 0, 1 or between.</param>
    /// <exception cref="ArgumentException">No element, or the lengths differ.</exception>
    public static float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        ElementLossMap.Mean("BceWithLogits.Forward", default(BceWithLogitsOperator), prediction, target);

    /// <summary>gradPrediction = (sigmoid(prediction) - target) / n. May overwrite an argument.</summary>
    /// <exception cref="ArgumentException">No element, the lengths differ, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        ElementLossMap.Gradient(
            "BceWithLogits.Backward", new BceWithLogitsGradientOperator((float)(1.0 / prediction.Length)), prediction, target, gradPrediction);
}

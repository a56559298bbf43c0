using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean binary cross-entropy of probabilities: -(target * log p + (1 - target) * log(1 - p)), the logarithms no lower than -100.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html
/// </summary>
public static class BcePrimitives
{
    /// <summary>Returns the mean over all elements.</summary>
    /// <param name="prediction">Probabilities.</param>
    /// <param name="target">The same length; 0, 1 or between.</param>
    /// <exception cref="ArgumentException">No element, the lengths differ, or a prediction outside of [0, 1].</exception>
    public static float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        const string Op = "Bce.Forward";
        RequireProbabilities(Op, prediction);
        return ElementLossMap.Mean(Op, default(BceOperator), prediction, target);
    }

    /// <summary>gradPrediction = (p - target) / (p * (1 - p)) / n, the divisor p * (1 - p) no lower than 1e-12. May overwrite an argument.</summary>
    /// <exception cref="ArgumentException">As forward, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction)
    {
        const string Op = "Bce.Backward";
        RequireProbabilities(Op, prediction);
        ElementLossMap.Gradient(Op, new BceGradientOperator((float)(1.0 / prediction.Length)), prediction, target, gradPrediction);
    }

    private static unsafe void RequireProbabilities(string op, ReadOnlySpan<float> prediction)
    {
        fixed (float* pointer = prediction)
        {
            if (RangeKernel.Holds(pointer, prediction.Length, 0, 1))
            {
                return;
            }
        }

        int bad = prediction.IndexOfAnyExceptInRange(0, 1);
        throw new ArgumentOutOfRangeException(nameof(prediction), $"{op}: prediction expects probabilities from 0 to 1, received {prediction[bad]} at [{bad}].");
    }

    /// <summary>
    /// gradLogits = (prediction - target) / n: the gradient with respect to x for a prediction of sigmoid(x). It is what <see cref="Backward"/> and the
    /// sigmoid's gradient make together, and does not vanish where the prediction has rounded to 0 or 1.
    /// </summary>
    /// <exception cref="ArgumentException">No element, the lengths differ, or the result overlaps an argument in part.</exception>
    public static void BackwardThroughSigmoid(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradLogits) =>
        ElementLossMap.Gradient("Bce.BackwardThroughSigmoid", new DifferenceOperator((float)(1.0 / prediction.Length)), prediction, target, gradLogits);
}

using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean of the Huber loss (Huber 1964): with d = |prediction - target|, d^2 / 2 below delta and delta * (d - delta / 2) above.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html
/// </summary>
public static class HuberPrimitives
{
    /// <summary>Returns the mean over all elements.</summary>
    /// <param name="prediction">Any length above 0.</param>
    /// <param name="target">The same length.</param>
    /// <param name="delta">Where the parabola goes over into a line; above 0.</param>
    /// <exception cref="ArgumentException">No element, the lengths differ, or a delta that is not above 0 and finite.</exception>
    public static float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, double delta = 1)
    {
        const string Op = "Huber.Forward";
        Hyperparameter.Positive(Op, delta, nameof(delta));
        return ElementLossMap.Mean(Op, new HuberOperator((float)delta), prediction, target);
    }

    /// <summary>gradPrediction = (prediction - target) / n, the difference limited to [-delta, delta]. May overwrite an argument.</summary>
    /// <exception cref="ArgumentException">As forward, or the result overlaps an argument in part.</exception>
    public static void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction, double delta = 1)
    {
        const string Op = "Huber.Backward";
        Hyperparameter.Positive(Op, delta, nameof(delta));
        var operation = new HuberGradientOperator((float)delta, (float)(1.0 / prediction.Length));
        ElementLossMap.Gradient(Op, operation, prediction, target, gradPrediction);
    }
}

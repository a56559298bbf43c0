using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>
/// The mean binary cross-entropy of probabilities, which must be in [0, 1]: what a sigmoid returns.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html
/// </summary>
public sealed class BceLoss() : ElementLoss(isBinary: true)
{
    private protected override float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        BcePrimitives.Forward(prediction, target);

    private protected override void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        BcePrimitives.Backward(prediction, target, gradPrediction);

    /// <summary>As <see cref="Loss.Backward"/>, but with respect to the logits of the sigmoid that made the prediction.</summary>
    internal Tensor BackwardThroughSigmoid()
    {
        Tensor prediction = Predicted;
        Tensor gradient = GradientFor(prediction);
        BcePrimitives.BackwardThroughSigmoid(prediction.Values, Target, gradient.Span);
        return gradient;
    }
}

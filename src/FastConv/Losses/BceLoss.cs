using FastConv.Primitives;

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
}

using FastConv.Primitives;

namespace FastConv.Losses;

/// <summary>
/// The mean binary cross-entropy of sigmoid(prediction), right for any logit.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html
/// </summary>
public sealed class BceWithLogitsLoss() : ElementLoss(isBinary: true)
{
    /// <inheritdoc/>
    public override float DecisionThreshold => 0;

    private protected override float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        BceWithLogitsPrimitives.Forward(prediction, target);

    private protected override void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        BceWithLogitsPrimitives.Backward(prediction, target, gradPrediction);
}

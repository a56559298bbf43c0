using FastConv.Primitives;

namespace FastConv.Losses;

/// <summary>
/// The mean absolute error.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html
/// </summary>
public sealed class L1Loss() : ElementLoss(isBinary: false)
{
    private protected override float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        L1Primitives.Forward(prediction, target);

    private protected override void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        L1Primitives.Backward(prediction, target, gradPrediction);
}

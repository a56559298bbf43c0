using FastConv.Primitives;

namespace FastConv.Losses;

/// <summary>
/// The mean squared error.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
/// </summary>
public sealed class MseLoss() : ElementLoss(isBinary: false)
{
    private protected override float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        MsePrimitives.Forward(prediction, target);

    private protected override void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        MsePrimitives.Backward(prediction, target, gradPrediction);
}

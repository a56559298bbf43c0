using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>
/// The mean cross-entropy of softmax(logits), right for any finite logit. A batch in which every row is ignored has the loss NaN, as in
/// PyTorch, and the gradient 0. Source: https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
/// </summary>
public sealed class CrossEntropyLoss : ClassLoss
{
    private readonly PerShape<Tensor> _probabilities = new();

    /// <summary>The options are explained at <see cref="CrossEntropyOptions"/>.</summary>
    /// <param name="labelSmoothing">The share of every target that is spread over all classes; in [0, 1].</param>
    /// <param name="classWeights">A factor for each class; empty: all 1.</param>
    /// <param name="ignoreIndex">The label whose rows count for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A smoothing outside of [0, 1], or a class weight that is negative or not finite.</exception>
    public CrossEntropyLoss(
        double labelSmoothing = 0, ReadOnlyMemory<float> classWeights = default, int ignoreIndex = CrossEntropyOptions.DefaultIgnoreIndex) =>
        Options = new CrossEntropyOptions { LabelSmoothing = labelSmoothing, ClassWeights = classWeights, IgnoreIndex = ignoreIndex };

    /// <summary>Smoothing, class weights, ignored index.</summary>
    public CrossEntropyOptions Options { get; }

    /// <inheritdoc/>
    public override float DecisionThreshold => 0;

    private protected override float Mean(Tensor prediction, ReadOnlySpan<int> labels)
    {
        Tensor probabilities = ProbabilitiesFor(prediction);
        return CrossEntropyPrimitives.Forward(
            prediction.Shape[0], prediction.Shape[1], prediction.Span, labels, probabilities.Span, Options);
    }

    private protected override float Mean(Tensor prediction, ReadOnlySpan<float> targets)
    {
        Tensor probabilities = ProbabilitiesFor(prediction);
        return CrossEntropyPrimitives.Forward(
            prediction.Shape[0], prediction.Shape[1], prediction.Span, targets, probabilities.Span, Options);
    }

    private protected override void Gradient(Tensor prediction, ReadOnlySpan<int> labels, Span<float> gradPrediction) =>
        CrossEntropyPrimitives.Backward(
            prediction.Shape[0], prediction.Shape[1], ProbabilitiesFor(prediction).Span, labels, gradPrediction, Options);

    private protected override void Gradient(Tensor prediction, ReadOnlySpan<float> targets, Span<float> gradPrediction) =>
        CrossEntropyPrimitives.Backward(
            prediction.Shape[0], prediction.Shape[1], ProbabilitiesFor(prediction).Span, targets, gradPrediction, Options);

    // Written by forward, read by backward: the shape is the same then.
    private Tensor ProbabilitiesFor(Tensor prediction) => _probabilities.GetOrMake(prediction.Shape);
}

using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>
/// The mean negative log-likelihood of log-probabilities: what a log-softmax returns. A batch in which every row is ignored has the loss
/// NaN, as in PyTorch, and the gradient 0. Source: https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html
/// </summary>
public sealed class NllLoss : ClassLoss
{
    private readonly CrossEntropyOptions _options;

    /// <summary>A negative log-likelihood.</summary>
    /// <param name="classWeights">A factor of at least 0 for each class; empty: all 1.</param>
    /// <param name="ignoreIndex">The label whose rows count for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class weight that is negative or not finite.</exception>
    public NllLoss(ReadOnlyMemory<float> classWeights = default, int ignoreIndex = CrossEntropyOptions.DefaultIgnoreIndex) =>
        _options = new CrossEntropyOptions { ClassWeights = classWeights, IgnoreIndex = ignoreIndex };

    /// <summary>A factor for each class; empty: all 1.</summary>
    public ReadOnlyMemory<float> ClassWeights => _options.ClassWeights;

    /// <summary>The label whose rows count for nothing.</summary>
    public int IgnoreIndex => _options.IgnoreIndex;

    /// <summary>The logarithm of 0.5.</summary>
    public override float DecisionThreshold => MathF.Log(0.5f);

    private protected override float Mean(Tensor prediction, ReadOnlySpan<int> labels) =>
        NllPrimitives.Forward(prediction.Shape[0], prediction.Shape[1], prediction.Span, labels, ClassWeights.Span, IgnoreIndex);

    private protected override float Mean(Tensor prediction, ReadOnlySpan<float> targets) =>
        NllPrimitives.Forward(prediction.Shape[0], prediction.Shape[1], prediction.Span, targets, ClassWeights.Span);

    private protected override void Gradient(Tensor prediction, ReadOnlySpan<int> labels, Span<float> gradPrediction) =>
        NllPrimitives.Backward(prediction.Shape[0], prediction.Shape[1], labels, gradPrediction, ClassWeights.Span, IgnoreIndex);

    private protected override void Gradient(Tensor prediction, ReadOnlySpan<float> targets, Span<float> gradPrediction) =>
        NllPrimitives.Backward(prediction.Shape[0], prediction.Shape[1], targets, gradPrediction, ClassWeights.Span);
}

using FastConv.Primitives;

namespace FastConv.Losses;

/// <summary>
/// The mean of a parabola for differences below delta, and of a line for those above.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html
/// </summary>
public sealed class HuberLoss : ElementLoss
{
    /// <summary>A Huber loss.</summary>
    /// <param name="delta">Where the parabola goes over into the line; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A delta that is not above 0 and finite.</exception>
    public HuberLoss(double delta = 1)
        : base(isBinary: false) => Delta = Hyperparameter.Positive(nameof(HuberLoss), delta, nameof(delta));

    /// <summary>Where the parabola goes over into the line.</summary>
    public double Delta { get; }

    private protected override float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) =>
        HuberPrimitives.Forward(prediction, target, Delta);

    private protected override void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction) =>
        HuberPrimitives.Backward(prediction, target, gradPrediction, Delta);
}

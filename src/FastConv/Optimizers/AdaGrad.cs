using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// AdaGrad: every element has a learning rate that falls with the gradients it has seen.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html
/// </summary>
public sealed class AdaGrad : Optimizer
{
    private readonly AdaGradOptions _options;

    /// <summary>The options are explained at <see cref="AdaGradOptions"/>.</summary>
    /// <param name="parameters">What to move.</param>
    /// <param name="learningRate">How far the first step goes.</param>
    /// <param name="learningRateDecay">How fast it falls with the steps.</param>
    /// <param name="weightDecay">How much of the value is added to its gradient.</param>
    /// <param name="epsilon">Added to the root that divides.</param>
    /// <param name="initialAccumulator">What the sums of the squares start from; at least 0.</param>
    /// <exception cref="ArgumentException">No parameter, one of them twice, or a number out of its range.</exception>
    public AdaGrad(
        IReadOnlyList<Parameter> parameters,
        double learningRate = 1e-2,
        double learningRateDecay = 0,
        double weightDecay = 0,
        double epsilon = 1e-10,
        double initialAccumulator = 0)
        : base(parameters, learningRate)
    {
        _options = new AdaGradOptions { LearningRateDecay = learningRateDecay, WeightDecay = weightDecay, Epsilon = epsilon };
        float start = (float)Hyperparameter.NonNegative(nameof(AdaGrad), initialAccumulator, nameof(initialAccumulator));
        PlaceParameters();
        AddState(0, "sum", start);
    }

    /// <summary>The options, with the learning rate as it is now.</summary>
    public AdaGradOptions Options => _options with { LearningRate = LearningRate };

    private protected override void Update(UpdatePieces pieces, double gradientScale) => AdaGradPrimitives.Step(pieces, Options, StepCount, gradientScale);
}

using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// Adam: steps of the gradients' running average over the root of the running average of their squares.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
/// </summary>
public class Adam : Optimizer
{
    private readonly AdamOptions _options;

    /// <summary>The options are explained at <see cref="AdamOptions"/>; the weight decay enters through the gradient.</summary>
    /// <exception cref="ArgumentException">No parameter, one of them twice, or a number out of its range.</exception>
    public Adam(
        IReadOnlyList<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0)
        : this(parameters, learningRate, new AdamOptions { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = weightDecay })
    {
    }

    private protected Adam(IReadOnlyList<Parameter> parameters, double learningRate, in AdamOptions options)
        : base(parameters, learningRate)
    {
        _options = options;
        PlaceParameters();
        AddState(0, "exp_avg");
        AddState(1, "exp_avg_sq");
    }

    /// <summary>The options, with the learning rate of the next step.</summary>
    public AdamOptions Options => _options with { LearningRate = LearningRate };

    private protected override void Update(UpdatePieces pieces, double gradientScale) => AdamPrimitives.Step(pieces, Options, StepCount, gradientScale);
}

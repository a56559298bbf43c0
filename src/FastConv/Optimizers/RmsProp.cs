using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// RMSProp: the gradient over the root of a running average of its squares.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly RmsPropOptions _options;

    /// <summary>The options are explained at <see cref="RmsPropOptions"/>.</summary>
    /// <exception cref="ArgumentException">No parameter, one of them twice, or a number out of its range.</exception>
    public RmsProp(
        IReadOnlyList<Parameter> parameters,
        double learningRate = 1e-2,
        double alpha = 0.99,
        double epsilon = 1e-8,
        double weightDecay = 0,
        double momentum = 0,
        bool centered = false)
        : base(parameters, learningRate)
    {
        _options = new RmsPropOptions { Alpha = alpha, Epsilon = epsilon, WeightDecay = weightDecay, Momentum = momentum, Centered = centered };
        PlaceParameters();
        AddState(0, "square_avg");
        if (momentum != 0)
        {
            AddState(2, "momentum_buffer");
        }

        if (centered)
        {
            AddState(1, "grad_avg");
        }
    }

    /// <summary>The options, with the learning rate of the next step.</summary>
    public RmsPropOptions Options => _options with { LearningRate = LearningRate };

    private protected override void Update(UpdatePieces pieces, double gradientScale) => RmsPropPrimitives.Step(pieces, Options, gradientScale);
}

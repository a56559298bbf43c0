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
    private readonly IReadOnlyList<Tensor> _squareAverages;
    private readonly IReadOnlyList<Tensor>? _gradientAverages;
    private readonly IReadOnlyList<Tensor>? _velocities;

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
        _squareAverages = AddState("square_avg");
        _velocities = momentum == 0 ? null : AddState("momentum_buffer");
        _gradientAverages = centered ? AddState("grad_avg") : null;
    }

    /// <summary>The options, with the learning rate of the next step.</summary>
    public RmsPropOptions Options => _options with { LearningRate = LearningRate };

    /// <inheritdoc/>
    protected override void Update(int index, Parameter parameter) =>
        RmsPropPrimitives.Step(
            parameter.Value.Span,
            parameter.Gradient.Span,
            _squareAverages[index].Span,
            _gradientAverages is null ? [] : _gradientAverages[index].Span,
            _velocities is null ? [] : _velocities[index].Span,
            Options);
}

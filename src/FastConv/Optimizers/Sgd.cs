using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// Stochastic gradient descent, with momentum and Nesterov's variant of it.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;

    /// <summary>The options are explained at <see cref="SgdOptions"/>.</summary>
    /// <exception cref="ArgumentException">No parameter, one of them twice, a number out of its range, or Nesterov without momentum or with dampening.</exception>
    public Sgd(
        IReadOnlyList<Parameter> parameters,
        double learningRate = 1e-3,
        double momentum = 0,
        double dampening = 0,
        bool nesterov = false,
        double weightDecay = 0)
        : base(parameters, learningRate)
    {
        _options = new SgdOptions { Momentum = momentum, Dampening = dampening, Nesterov = nesterov, WeightDecay = weightDecay };
        _options.RequireConsistent();
        PlaceParameters();
        if (momentum != 0)
        {
            AddState(0, "momentum_buffer");
        }
    }

    /// <summary>The options, with the learning rate of the next step.</summary>
    public SgdOptions Options => _options with { LearningRate = LearningRate };

    private protected override void Update(UpdatePieces pieces, double gradientScale) => SgdPrimitives.Step(pieces, Options, StepCount, gradientScale);
}

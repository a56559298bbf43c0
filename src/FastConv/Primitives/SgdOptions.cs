namespace FastConv.Primitives;

/// <summary>The numbers of a step of stochastic gradient descent; the defaults are PyTorch's. Each is checked when it is set.</summary>
public readonly record struct SgdOptions
{
    private const string Op = "Sgd";

    /// <summary>PyTorch's defaults: a learning rate of 0.001, no momentum, no weight decay.</summary>
    public SgdOptions()
    {
        LearningRate = 1e-3;
    }

    /// <summary>How far a step goes against the gradient; at least 0.</summary>
    public double LearningRate { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>The share of the velocity that the next step keeps, in [0, 1); 0 is descent without a velocity.</summary>
    public double Momentum { get; init => field = Hyperparameter.Decay(Op, value); }

    /// <summary>The share of the gradient that does not enter the velocity after the first step, in [0, 1].</summary>
    public double Dampening { get; init => field = Hyperparameter.Share(Op, value); }

    /// <summary>Whether a step looks ahead along the velocity (Nesterov); takes a momentum and no dampening.</summary>
    public bool Nesterov { get; init; }

    /// <summary>How much of the value is added to its gradient; at least 0.</summary>
    public double WeightDecay { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>Refuses options that are right one by one and not together.</summary>
    internal void RequireConsistent()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new ArgumentException(
                $"{Op}: {nameof(Nesterov)} expects a momentum above 0 and no dampening, received momentum {Momentum} and dampening {Dampening}.",
                nameof(Nesterov));
        }
    }
}

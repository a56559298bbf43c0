namespace FastConv.Primitives;

/// <summary>The numbers of a step of RMSProp; the defaults are PyTorch's. Each is checked when it is set.</summary>
public readonly record struct RmsPropOptions
{
    private const string Op = "RmsProp";

    /// <summary>PyTorch's defaults: a learning rate of 0.01, an alpha of 0.99, an epsilon of 1e-8, no momentum, not centred.</summary>
    public RmsPropOptions()
    {
        LearningRate = 1e-2;
        Alpha = 0.99;
        Epsilon = 1e-8;
    }

    /// <summary>How far a step goes; at least 0.</summary>
    public double LearningRate { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>The share of itself that the average of the squares keeps in a step, in [0, 1).</summary>
    public double Alpha { get; init => field = Hyperparameter.Decay(Op, value); }

    /// <summary>Added to the root that divides, so that nothing is divided by 0; at least 0.</summary>
    public double Epsilon { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>How much of the value is added to its gradient; at least 0.</summary>
    public double WeightDecay { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>The share of the velocity that the next step keeps, in [0, 1); 0 is descent without a velocity.</summary>
    public double Momentum { get; init => field = Hyperparameter.Decay(Op, value); }

    /// <summary>Whether the gradient is divided by its standard deviation instead of its root mean square.</summary>
    public bool Centered { get; init; }
}

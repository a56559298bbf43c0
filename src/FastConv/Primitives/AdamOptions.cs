namespace FastConv.Primitives;

/// <summary>The numbers of a step of Adam or AdamW; the defaults are those of PyTorch's Adam. Each is checked when it is set.</summary>
public readonly record struct AdamOptions
{
    private const string Op = "Adam";

    /// <summary>PyTorch's defaults: a learning rate of 0.001, betas of 0.9 and 0.999, an epsilon of 1e-8, no weight decay.</summary>
    public AdamOptions()
    {
        LearningRate = 1e-3;
        Beta1 = 0.9;
        Beta2 = 0.999;
        Epsilon = 1e-8;
    }

    /// <summary>How far a step goes; at least 0.</summary>
    public double LearningRate { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>The share of itself that the average of the gradients keeps in a step, in [0, 1).</summary>
    public double Beta1 { get; init => field = Hyperparameter.Decay(Op, value); }

    /// <summary>The share of itself that the average of the squares keeps in a step, in [0, 1).</summary>
    public double Beta2 { get; init => field = Hyperparameter.Decay(Op, value); }

    /// <summary>Added to the root that divides, so that nothing is divided by 0; at least 0.</summary>
    public double Epsilon { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>How much of the value is added to its gradient (Adam) or, times the learning rate, taken from it (AdamW); at least 0.</summary>
    public double WeightDecay { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>Whether the weight decay acts on the value itself (AdamW) instead of entering the averages through the gradient.</summary>
    public bool DecoupledWeightDecay { get; init; }
}

namespace FastConv.Primitives;

/// <summary>The numbers of a step of AdaGrad; the defaults are PyTorch's. Each is checked when it is set.</summary>
public readonly record struct AdaGradOptions
{
    private const string Op = "AdaGrad";

    /// <summary>PyTorch's defaults: a learning rate of 0.01, no decay, an epsilon of 1e-10.</summary>
    public AdaGradOptions()
    {
        LearningRate = 1e-2;
        Epsilon = 1e-10;
    }

    /// <summary>How far the first step goes; at least 0.</summary>
    public double LearningRate { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>Step t goes by LearningRate / (1 + (t - 1) * LearningRateDecay); at least 0.</summary>
    public double LearningRateDecay { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>How much of the value is added to its gradient; at least 0.</summary>
    public double WeightDecay { get; init => field = Hyperparameter.NonNegative(Op, value); }

    /// <summary>Added to the root that divides, so that nothing is divided by 0; at least 0.</summary>
    public double Epsilon { get; init => field = Hyperparameter.NonNegative(Op, value); }
}

namespace FastConv.Tensors;

/// <summary>What follows a weight, for the gain of its initialiser.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing: gain 1.</summary>
    Linear,

    /// <summary>Gain 1.</summary>
    Sigmoid,

    /// <summary>Gain 5 / 3.</summary>
    Tanh,

    /// <summary>Gain sqrt(2).</summary>
    ReLU,

    /// <summary>Gain sqrt(2 / (1 + slope^2)).</summary>
    LeakyReLU,
}

namespace FastConv.Tensors;

/// <summary>Which side's variance an initialiser keeps: activations going forward or gradients going backward.</summary>
public enum FanMode
{
    /// <summary>Inputs that are summed into one output: keeps the variance of activations.</summary>
    FanIn,

    /// <summary>Outputs that one input takes part in: keeps the variance of gradients.</summary>
    FanOut,
}

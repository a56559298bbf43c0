namespace FastConv.Primitives;

/// <summary>How a GELU is computed.</summary>
public enum GELUApproximation
{
    /// <summary>By the error function: the definition.</summary>
    None,

    /// <summary>By a hyperbolic tangent, off by up to 5e-4: for models that were trained so.</summary>
    Tanh,
}

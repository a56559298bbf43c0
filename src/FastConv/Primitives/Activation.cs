namespace FastConv.Primitives;

/// <summary>What is applied to every output of an operation in the same pass over memory.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    ReLU,
}

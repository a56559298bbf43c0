namespace FastConv.Layers;

/// <summary>What a tensor of a layer's state is.</summary>
public enum StateKind
{
    /// <summary>Learned by an optimiser.</summary>
    Parameter,

    /// <summary>Kept up by the layer itself, as running statistics are.</summary>
    Buffer,

    /// <summary>A buffer of whole numbers, which PyTorch keeps as int64; exact here up to 2^24.</summary>
    Counter,
}

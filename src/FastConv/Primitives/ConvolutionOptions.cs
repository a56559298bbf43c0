namespace FastConv.Primitives;

/// <summary>How one convolution call is to be done.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>Everything chosen by the library.</summary>
    public static ConvolutionOptions Default { get; } = new();

    /// <summary>The algorithm; one that cannot do a shape refuses it.</summary>
    public ConvolutionAlgorithm Algorithm { get; init; }

    /// <summary>Applied to the outputs of forward, after the bias. Backward passes expect gradients from before it.</summary>
    public Activation Activation { get; init; }

    /// <summary>Threads for this call, the caller's included; 0 means <see cref="Parallelism.ThreadSettings.MaxThreads"/>.</summary>
    public int MaxThreads { get; init; }

    /// <summary>What <see cref="ConvolutionAlgorithm.Auto"/> may choose; null means <see cref="ProcessPrecision"/>.</summary>
    public ConvolutionPrecision? Precision { get; init; }

    /// <summary>The precision of all calls and layers that name none.</summary>
    public static ConvolutionPrecision ProcessPrecision { get; set; }

    /// <summary>What holds for a call with these options.</summary>
    internal ConvolutionPrecision EffectivePrecision => Precision ?? ProcessPrecision;
}

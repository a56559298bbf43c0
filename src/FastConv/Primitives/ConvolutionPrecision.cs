namespace FastConv.Primitives;

/// <summary>How much rounding <see cref="ConvolutionAlgorithm.Auto"/> may trade for speed. An algorithm that is asked for by name is not affected.</summary>
public enum ConvolutionPrecision
{
    /// <summary>Whatever is fastest, Winograd's algorithms included, whose RMS error is at most 2.7 times that of a plain float32 sum.</summary>
    Default,

    /// <summary>Every output is one sum of its products: no Winograd.</summary>
    Strict,
}

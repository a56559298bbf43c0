namespace FastConv.Kernels.Convolution;

/// <summary>A worker's scratch memory: every part 64-byte aligned.</summary>
internal readonly unsafe struct DepthwiseScratch(float* band, float* second, float* edge, float* filter, float* zeros)
{
    /// <summary>Padded rows of the source, zeroed once.</summary>
    public float* Band { get; } = band;

    /// <summary>Rows of the output gradient at its end, or results in phases.</summary>
    public float* Second { get; } = second;

    /// <summary>Result rows at the end of a plane.</summary>
    public float* Edge { get; } = edge;

    /// <summary>Weights in the order of the taps, or the lanes of their sums.</summary>
    public float* Filter { get; } = filter;

    /// <summary>Zeros that stand for a row of padding.</summary>
    public float* Zeros { get; } = zeros;
}

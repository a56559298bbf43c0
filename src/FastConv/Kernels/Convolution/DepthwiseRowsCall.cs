namespace FastConv.Kernels.Convolution;

/// <summary>What <see cref="DepthwiseRows"/> works on: result row r reads the band from Source + r * SourcePitch on.</summary>
internal unsafe struct DepthwiseRowsCall
{
    /// <summary>The padded band at its first result.</summary>
    public float* Source;

    /// <summary>Floats of the band between two result rows: its pitch times the vertical step.</summary>
    public int SourcePitch;

    /// <summary>Floats of the band between two rows of taps; used for 3x3 only.</summary>
    public int TapRowPitch;

    /// <summary>How many taps.</summary>
    public int Taps;

    /// <summary>[taps].</summary>
    public int* Offsets;

    /// <summary>[taps].</summary>
    public float* Weights;

    /// <summary>Whether the taps are three rows of three, and results one or two of these rows apart.</summary>
    public bool IsThreeByThree;

    /// <summary>What sums start from.</summary>
    public float Init;

    /// <summary>Whether results are max(sum, 0).</summary>
    public bool ClampsAtZero;

    /// <summary>The first result.</summary>
    public float* Result;

    /// <summary>Floats between two result rows.</summary>
    public int ResultPitch;

    /// <summary>Results of a row.</summary>
    public int Columns;

    /// <summary>The same from another row on.</summary>
    public readonly DepthwiseRowsCall From(int row) => this with
    {
        Source = Source + (nint)row * SourcePitch,
        Result = Result + (nint)row * ResultPitch,
    };
}

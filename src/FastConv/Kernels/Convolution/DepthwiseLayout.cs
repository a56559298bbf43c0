using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Where the pixels of a band of padded rows lie in scratch memory: [row][column % step][column / step], so that one tap of neighbouring
/// results lies in neighbouring floats. Margins stay zero from one band to the next; what lies behind a row's pixels is zero too, up to the pitch.
/// </summary>
internal readonly record struct DepthwiseLayout
{
    private const int Lanes = SimdDispatch.ReductionLanes;

    public DepthwiseLayout(DepthwiseAxis vertical, DepthwiseAxis horizontal)
    {
        Vertical = vertical;
        Horizontal = horizontal;
        Phases = horizontal.Step;
        First = Math.Max(0, horizontal.Before);
        Skip = Math.Max(0, -horizontal.Before);
        int padded = horizontal.PaddedLength(horizontal.Result);
        Columns = Math.Max(0, Math.Min(horizontal.Source - Skip, padded - First));

        // Whole vectors of pixels are stored on aligned addresses; with several phases they must not reach into the next one.
        Lead = Phases == 1 ? RoundUp(First) - First : 0;
        PhasePitch = Phases == 1 ? RoundUp(Lead + padded) : RoundUp((padded + Phases - 1) / Phases + 1) + Lanes;
        RowPitch = Phases * PhasePitch;
        Evens = OffsetOf(0, First);
        Odds = OffsetOf(0, First + 1);
    }

    public DepthwiseAxis Vertical { get; }

    public DepthwiseAxis Horizontal { get; }

    /// <summary>Column phases: the horizontal step.</summary>
    public int Phases { get; }

    /// <summary>Floats from one phase of a row to the next.</summary>
    public int PhasePitch { get; }

    /// <summary>Floats from one padded row to the next.</summary>
    public int RowPitch { get; }

    /// <summary>The padded column of the first pixel.</summary>
    public int First { get; }

    /// <summary>Pixels of a source row that nothing reads, before the first.</summary>
    public int Skip { get; }

    /// <summary>Pixels of a source row that are copied.</summary>
    public int Columns { get; }

    /// <summary>Zeros before padded column 0.</summary>
    public int Lead { get; }

    /// <summary>Where in a padded row the first pixel lies.</summary>
    public int Evens { get; }

    /// <summary>Where in a padded row the second pixel lies.</summary>
    public int Odds { get; }

    public static int RoundUp(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>Floats of the padded rows that so many result rows read; vectors may run over the last one's end.</summary>
    public long BandLength(int results) => (long)Vertical.PaddedLength(results) * RowPitch + 2 * Lanes;

    /// <summary>Where in the band padded pixel (row, column) lies.</summary>
    public int OffsetOf(int row, int column) => row * RowPitch + column % Phases * PhasePitch + column / Phases + Lead;
}

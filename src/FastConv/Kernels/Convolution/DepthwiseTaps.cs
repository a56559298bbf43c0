namespace FastConv.Kernels.Convolution;

/// <summary>Tables of the taps of all results of a pass, phase after phase.</summary>
internal readonly unsafe struct DepthwiseTaps
{
    private readonly int* _starts;
    private readonly int* _offsets;
    private readonly int* _order;

    /// <summary>Tables in scratch memory, not yet written.</summary>
    public DepthwiseTaps(float* memory, int phases, int count)
    {
        _starts = (int*)memory;
        _offsets = _starts + DepthwiseLayout.RoundUp(phases + 1);
        _order = _offsets + DepthwiseLayout.RoundUp(DepthwiseSums.WholeGroups(count));
        Count = count;
    }

    /// <summary>Taps of all phases.</summary>
    public int Count { get; }

    /// <summary>[phases + 1]: the first tap of every phase, and the count.</summary>
    public int* Starts => _starts;

    /// <summary>
    /// [taps]: where in the padded band the tap of result 0 of its phase lies. The first is repeated up to whole groups of
    /// <see cref="DepthwiseSums.Taps"/>.
    /// </summary>
    public int* Offsets => _offsets;

    /// <summary>[taps]: the place of the tap's weight among those of an input channel.</summary>
    public int* Order => _order;

    /// <summary>Floats that the tables take.</summary>
    public static int LengthOf(int phases, int count) =>
        DepthwiseLayout.RoundUp(phases + 1) + 2 * DepthwiseLayout.RoundUp(DepthwiseSums.WholeGroups(count));
}

using FastConv.Shapes;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Block sizes, the one place that derives them from caches (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008;
/// figures in docs/kernels.md). A packed block of B takes half of a 1 MiB second-level cache, and the panels of A stream past it from the third
/// level. k is cut only where a panel of B (32 columns) would take more than 128 KB, since every cut is one more visit to C. No size affects
/// results: every element of C is summed over k in ascending order by one accumulator.
/// </summary>
internal readonly struct GemmBlocking
{
    /// <summary>The longest block of k.</summary>
    public const int LargestKC = 1024;

    /// <summary>Floats of a packed block of A: 8 MB.</summary>
    public const int LargestBlockA = 1 << 21;

    /// <summary>Floats of a packed block of B: 512 KB.</summary>
    public const int LargestBlockB = 1 << 17;

    // More gain nothing, and their rows of C would push the panels out.
    private const int MostColumns = 128;

    // Columns of two of the widest vectors: a whole number of panels for every vector.
    private const int PanelColumns = 32;

    public GemmBlocking(GemmShape shape)
    {
        KC = Even(shape.K, LargestKC, 1);
        MC = Even(shape.M, LargestBlockA / KC, TileHeight.Most);
        NC = Math.Min(shape.N, Math.Min(MostColumns, ColumnsFor(KC)));
    }

    public int KC { get; }

    public int MC { get; }

    public int NC { get; }

    public int PackedALength => RoundUp(MC * KC, PanelColumns);

    public int PackedBLength => RoundUp(NC, PanelColumns) * KC;

    /// <summary>Panels of a packed block of B over the narrowest vector, which has one lane.</summary>
    public int MostPanels => (NC + 1) / 2;

    /// <summary>Columns of B that fill a packed block: whole panels, at least one.</summary>
    public static int ColumnsFor(int kc) => Math.Max(PanelColumns, LargestBlockB / kc / PanelColumns * PanelColumns);

    /// <summary>[0, length) in as many blocks as the largest size asks for, as even as the grain allows: the length of one.</summary>
    public static int Even(int length, int largest, int grain)
    {
        int blocks = (length + largest - 1) / largest;
        return Math.Min(length, RoundUp((length + blocks - 1) / blocks, grain));
    }

    private static int RoundUp(int length, int grain) => (length + grain - 1) / grain * grain;
}

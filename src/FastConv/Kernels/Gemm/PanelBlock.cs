namespace FastConv.Kernels.Gemm;

/// <summary>A block of B: panels [k][NR] one after the other, of which some may not be packed yet.</summary>
internal readonly unsafe struct PanelBlock(float* packed, PanelPlace* places, int* offsets)
{
    /// <summary>All panels, or the room for them.</summary>
    public float* Packed { get; } = packed;

    /// <summary>One for every step of k and <see cref="GatheredRows{V}.StepsAhead"/> more: what it adds to the place of an unpacked panel.</summary>
    public int* Offsets { get; } = offsets;

    /// <summary>Where a panel lies until it is packed.</summary>
    public PanelPlace* PlaceOf(int panel) => places + panel;
}

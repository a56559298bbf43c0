namespace FastConv.Kernels.Gemm;

/// <summary>
/// Where one vector of an unpacked panel of B lies: lanes below <paramref name="lane"/> at <paramref name="first"/>, the others at
/// <paramref name="second"/>, both counted from lane 0. A vector in one piece has its lanes at the first.
/// </summary>
internal readonly unsafe struct VectorPlace(float* first, float* second, int lane)
{
    public readonly float* First = first;
    public readonly float* Second = second;

    /// <summary>All bits of the lanes of the second piece.</summary>
    public readonly float* IsSecond = Simd.LaneMask.From(lane);

    public bool IsWhole => First == Second;
}

namespace FastConv.Kernels.Gemm;

/// <summary>Where the two vectors of an unpacked panel of B lie; nowhere if it is packed already.</summary>
internal readonly struct PanelPlace(VectorPlace left, VectorPlace right)
{
    public readonly VectorPlace Left = left;
    public readonly VectorPlace Right = right;

    public unsafe bool IsPacked => Left.First == null;

    /// <summary>Whether both vectors are in one piece each.</summary>
    public bool IsWhole => Left.IsWhole && Right.IsWhole;
}

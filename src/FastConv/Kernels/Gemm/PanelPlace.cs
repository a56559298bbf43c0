namespace FastConv.Kernels.Gemm;

/// <summary>Where the two vectors of an unpacked panel of B lie; nowhere if it is packed already.</summary>
internal readonly unsafe struct PanelPlace(float* left, float* right)
{
    public float* Left { get; } = left;

    public float* Right { get; } = right;

    public bool IsPacked => Left == null;
}

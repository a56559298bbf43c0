namespace FastConv.Kernels.Gemm;

/// <summary>Packed panels [k][MR] one after the other, the last ones narrower.</summary>
internal readonly unsafe struct PackedBlock(float* panels, int kc) : IBlockRows<PackedRows>
{
    public PackedRows Panel(int row) => new(panels + (nint)row * kc);
}

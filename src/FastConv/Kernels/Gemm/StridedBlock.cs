namespace FastConv.Kernels.Gemm;

/// <summary>A as it lies, where packing would cost more than reading with strides.</summary>
internal readonly unsafe struct StridedBlock(MatrixView a, nint* rowOffsets) : IBlockRows<StridedRows>
{
    public StridedRows Panel(int row) => new(a.Data + row * a.RowStride, rowOffsets, a.ColumnStride);

    /// <summary>Where the rows of any panel lie, counted from its first.</summary>
    public static void RowOffsets(MatrixView a, nint* rowOffsets)
    {
        for (int row = 0; row < TileHeight.Most; row++)
        {
            rowOffsets[row] = row * a.RowStride;
        }
    }
}

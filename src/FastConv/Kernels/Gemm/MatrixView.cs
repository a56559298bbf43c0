namespace FastConv.Kernels.Gemm;

/// <summary>
/// A matrix somewhere in memory: element (row, column) is <c>Data[row * RowStride + column * ColumnStride]</c>, so that a transpose is
/// a swap of strides.
/// </summary>
internal readonly unsafe struct MatrixView(float* data, nint rowStride, nint columnStride)
{
    public float* Data { get; } = data;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    public MatrixView Transposed => new(Data, ColumnStride, RowStride);

    /// <summary>A row-major matrix, or the transpose of one.</summary>
    public static MatrixView RowMajor(float* data, nint leadingDimension, bool transpose = false) =>
        transpose ? new MatrixView(data, 1, leadingDimension) : new MatrixView(data, leadingDimension, 1);

    /// <summary>The part that starts at an element.</summary>
    public MatrixView From(int row, int column) => new(Data + row * RowStride + column * ColumnStride, RowStride, ColumnStride);
}

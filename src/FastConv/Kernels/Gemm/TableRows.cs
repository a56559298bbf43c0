using System.Runtime.CompilerServices;

namespace FastConv.Kernels.Gemm;

/// <summary>Elements anywhere: the one of row i at step p is <c>data[rowOffsets[i] + stepOffsets[p]]</c>.</summary>
internal readonly unsafe struct TableRows(float* data, int* rowOffsets, int* stepOffsets) : ITileSource<TableRows>
{
    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (data + *stepOffsets)[rowOffsets[row]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TableRows Next(int rows) => new(data, rowOffsets, stepOffsets + 1);
}

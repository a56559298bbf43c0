using System.Runtime.CompilerServices;

namespace FastConv.Kernels.Gemm;

/// <summary>A matrix as it lies: row i begins <c>rowOffsets[i]</c> after <c>data</c>, steps of k are <c>step</c> apart.</summary>
internal readonly unsafe struct StridedRows(float* data, nint* rowOffsets, nint step) : ITileSource<StridedRows>
{
    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => data[rowOffsets[row]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StridedRows Next(int rows) => new(data + step, rowOffsets, step);
}

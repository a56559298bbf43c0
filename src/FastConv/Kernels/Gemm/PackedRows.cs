using System.Runtime.CompilerServices;

namespace FastConv.Kernels.Gemm;

/// <summary>A packed panel [k][rows].</summary>
internal readonly unsafe struct PackedRows(float* data) : ITileSource<PackedRows>
{
    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => data[row];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedRows Next(int rows) => new(data + rows);
}

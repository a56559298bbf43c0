using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>Rows of B in memory, a packed panel or a matrix as it lies.</summary>
internal readonly unsafe struct StoredRows<V, TRow>(float* data, nint stride) : IPanelRows<StoredRows<V, TRow>, TRow>
    where V : struct, IVector<V>
    where TRow : struct, ITileRow<TRow, V>
{
    public TRow Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TRow.Load(data);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(TRow row)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StoredRows<V, TRow> Next() => new(data + stride, stride);
}

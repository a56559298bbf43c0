using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>Rows of B in memory; every step asks for one cache line of what will be multiplied later.</summary>
internal readonly unsafe struct StreamedRows<V, TRow>(float* data, nint stride, float* ahead) : IPanelRows<StreamedRows<V, TRow>, TRow>
    where V : struct, IVector<V>
    where TRow : struct, ITileRow<TRow, V>
{
    private const int CacheLine = 16;

    public TRow Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TRow.Load(data);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(TRow row) => SimdDispatch.PrefetchSecondLevel(ahead);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamedRows<V, TRow> Next() => new(data + stride, stride, ahead + CacheLine);
}

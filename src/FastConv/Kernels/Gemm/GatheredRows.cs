using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Rows of B that are packed while they are multiplied for the first time, so that fetching them hides behind arithmetic: the two vectors of step p
/// lie <c>offsets[p]</c> after their places, and go to a panel [k][two vectors].
/// </summary>
internal readonly unsafe struct GatheredRows<V>(float* left, float* right, int* offsets, float* panel) : IPanelRows<GatheredRows<V>, TileRow2<V>>
    where V : struct, IVector<V>
{
    /// <summary>Offsets are read so many steps before their turn: their table is longer than k by as much.</summary>
    public const int StepsAhead = 8;

    public TileRow2<V> Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(V.Load(left + *offsets), V.Load(right + *offsets));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(TileRow2<V> row)
    {
        row.Store(panel);
        SimdDispatch.Prefetch(left + offsets[StepsAhead]);
        SimdDispatch.Prefetch(right + offsets[StepsAhead]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GatheredRows<V> Next() => new(left, right, offsets + 1, panel + TileRow2<V>.Width);
}

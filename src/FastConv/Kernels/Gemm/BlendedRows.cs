using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// As <see cref="GatheredRows{V}"/>, for vectors in which a row of the image ends: each is blended from two loads. Places stay in memory, since the
/// JIT keeps only structs of up to four fields in registers.
/// </summary>
internal readonly unsafe struct BlendedRows<V>(PanelPlace* place, int* offsets, float* panel) : IPanelRows<BlendedRows<V>, TileRow2<V>>
    where V : struct, IVector<V>
{
    public TileRow2<V> Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(
            V.Select(V.Load(place->Left.IsSecond), V.Load(place->Left.Second + *offsets), V.Load(place->Left.First + *offsets)),
            V.Select(V.Load(place->Right.IsSecond), V.Load(place->Right.Second + *offsets), V.Load(place->Right.First + *offsets)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(TileRow2<V> row) => row.Store(panel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlendedRows<V> Next() => new(place, offsets + 1, panel + TileRow2<V>.Width);
}

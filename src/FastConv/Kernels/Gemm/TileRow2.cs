using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>A row of two vectors: a broadcast element of A serves two multiply-adds.</summary>
internal readonly unsafe struct TileRow2<V>(V left, V right) : ITileRow<TileRow2<V>, V>
    where V : struct, IVector<V>
{
    private readonly V _left = left;
    private readonly V _right = right;

    public static int Width => 2 * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow2<V> Load(float* source) => new(V.Load(source), V.Load(source + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow2<V> Broadcast(float value)
    {
        V broadcast = V.Broadcast(value);
        return new TileRow2<V>(broadcast, broadcast);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileRow2<V> Plus(float a, TileRow2<V> b)
    {
        V broadcast = V.Broadcast(a);
        return new TileRow2<V>(V.FusedMultiplyAdd(broadcast, b._left, _left), V.FusedMultiplyAdd(broadcast, b._right, _right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        _left.Store(destination);
        _right.Store(destination + V.Count);
    }
}

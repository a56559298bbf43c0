using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>A row of one vector: the last columns of a matrix, where two would be half empty.</summary>
internal readonly unsafe struct TileRow1<V>(V value) : ITileRow<TileRow1<V>, V>
    where V : struct, IVector<V>
{
    private readonly V _value = value;

    public static int Width => V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow1<V> Load(float* source) => new(V.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow1<V> Broadcast(float value) => new(V.Broadcast(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileRow1<V> Plus(float a, TileRow1<V> b) => new(V.FusedMultiplyAdd(a, b._value, _value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);
}

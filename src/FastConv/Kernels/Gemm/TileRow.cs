using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>One row of the register tile: two vectors of C. Immutable, so that the JIT keeps both in registers.</summary>
internal readonly unsafe struct TileRow<V>(V left, V right)
    where V : struct, IVector<V>
{
    private readonly V _left = left;
    private readonly V _right = right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<V> Load(float* c) => new(V.Load(c), V.Load(c + V.Count));

    /// <summary>This row plus <c>a</c> times a row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileRow<V> Plus(float a, V bLeft, V bRight)
    {
        V broadcast = V.Broadcast(a);
        return new TileRow<V>(V.FusedMultiplyAdd(broadcast, bLeft, _left), V.FusedMultiplyAdd(broadcast, bRight, _right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* c)
    {
        _left.Store(c);
        _right.Store(c + V.Count);
    }
}

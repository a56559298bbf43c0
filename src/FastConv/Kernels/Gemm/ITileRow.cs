using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>One row of a register tile. Immutable, so that the JIT keeps its vectors in registers.</summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal unsafe interface ITileRow<TSelf, V>
    where TSelf : struct, ITileRow<TSelf, V>
    where V : struct, IVector<V>
{
    /// <summary>NR: floats in the row.</summary>
    static abstract int Width { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    /// <summary>This row plus <paramref name="a"/> times a row of B, one FMA an element.</summary>
    TSelf Plus(float a, TSelf b);

    void Store(float* destination);
}

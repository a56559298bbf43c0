using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>What forward leaves of the winning taps. A constant to the JIT: where nothing is kept, nothing is compared for it.</summary>
internal unsafe interface ITapStore
{
    static abstract bool Keeps { get; }

    /// <summary>argmax[index + lane] = taps[lane].</summary>
    static abstract void Store<V>(V taps, void* argmax, nint index)
        where V : struct, IVector<V>;
}

/// <summary>Nobody will go back.</summary>
internal readonly unsafe struct NoTaps : ITapStore
{
    public static bool Keeps => false;

    public static void Store<V>(V taps, void* argmax, nint index)
        where V : struct, IVector<V>
    {
    }
}

/// <summary>A byte each.</summary>
internal readonly unsafe struct ByteTaps : ITapStore
{
    public static bool Keeps => true;

    public static void Store<V>(V taps, void* argmax, nint index)
        where V : struct, IVector<V> => taps.StoreBytes((byte*)argmax + index);
}

/// <summary>An int each, for windows of more than 256 taps.</summary>
internal readonly unsafe struct IntTaps : ITapStore
{
    public static bool Keeps => true;

    public static void Store<V>(V taps, void* argmax, nint index)
        where V : struct, IVector<V>
    {
        float* lanes = stackalloc float[V.Count];
        taps.Store(lanes);
        for (int lane = 0; lane < V.Count; lane++)
        {
            ((int*)argmax)[index + lane] = (int)lanes[lane];
        }
    }
}

using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>Part of a vector to and from memory, lane by lane: for instruction sets without masks.</summary>
internal static unsafe class FirstLanes
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Load<V>(float* source, int count)
        where V : struct, IVector<V>
    {
        float* lanes = stackalloc float[V.Count];
        for (int lane = 0; lane < V.Count; lane++)
        {
            lanes[lane] = lane < count ? source[lane] : 0;
        }

        return V.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<V>(V value, float* destination, int count)
        where V : struct, IVector<V>
    {
        float* lanes = stackalloc float[V.Count];
        value.Store(lanes);
        for (int lane = 0; lane < count; lane++)
        {
            destination[lane] = lanes[lane];
        }
    }
}

using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>Whether all elements are in [low, high]; NaN is in no interval.</summary>
internal static unsafe class RangeKernel
{
    public static bool Holds(float* x, int length, float low, float high)
    {
        var call = new Call(x, length, low, high);
        SimdDispatch.Run(ref call);
        return call.Result;
    }

    private struct Call(float* x, int length, float low, float high) : ISimdOperation
    {
        public bool Result { get; private set; }

        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            // 1 in every lane that met an element outside.
            V outside = V.Zero;
            V one = V.Broadcast(1);
            V lowest = V.Broadcast(low);
            V highest = V.Broadcast(high);
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V value = V.Load(x + i);
                outside = V.Select(V.GreaterThanOrEqual(value, lowest), outside, one);
                outside = V.Select(V.GreaterThanOrEqual(highest, value), outside, one);
            }

            float* lanes = stackalloc float[V.Count];
            outside.Store(lanes);
            Result = true;
            for (int lane = 0; lane < V.Count; lane++)
            {
                Result &= lanes[lane] == 0;
            }

            for (; i < length; i++)
            {
                Result &= x[i] >= low && x[i] <= high;
            }
        }
    }
}

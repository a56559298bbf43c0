using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>What direct convolution does with two rows, one of which may be strided.</summary>
internal static unsafe class RowKernel
{
    /// <summary>y[i * yStride] += a * x[i * xStride], one FMA an element whatever the strides.</summary>
    public static void Accumulate(float a, float* x, int xStride, float* y, int yStride, int length)
    {
        var call = new AccumulateCall(a, x, xStride, y, yStride, length);
        SimdDispatch.Run(ref call);
    }

    /// <summary>The sum of x[i * xStride] * y[i]: element i in lane i % 16, the lanes summed by a fixed tree.</summary>
    public static float Dot(float* x, int xStride, float* y, int length)
    {
        float sum;
        var call = new DotCall(x, xStride, y, length, &sum);
        SimdDispatch.RunReduction(ref call);
        return sum;
    }

    // Rounds as the vectors do, or an element's bits would depend on whether it lies in a row's tail.
    private static float MultiplyAdd(float a, float b, float addend) =>
        SimdDispatch.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(a, b, addend) : a * b + addend;

    private readonly struct AccumulateCall(float a, float* x, int xStride, float* y, int yStride, int length) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int i = 0;
            if (xStride == 1 && yStride == 1)
            {
                V factor = V.Broadcast(a);
                for (; i <= length - V.Count; i += V.Count)
                {
                    V.FusedMultiplyAdd(factor, V.Load(x + i), V.Load(y + i)).Store(y + i);
                }
            }

            for (; i < length; i++)
            {
                float* element = y + (nint)i * yStride;
                *element = MultiplyAdd(a, x[(nint)i * xStride], *element);
            }
        }
    }

    private readonly struct DotCall(float* x, int xStride, float* y, int length, float* result) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            V sum = V.Zero;
            int i = 0;
            if (xStride == 1)
            {
                for (; i <= length - V.Count; i += V.Count)
                {
                    sum = V.FusedMultiplyAdd(V.Load(x + i), V.Load(y + i), sum);
                }
            }

            sum.Store(lanes);
            for (; i < length; i++)
            {
                float* lane = lanes + i % V.Count;
                *lane = MultiplyAdd(x[(nint)i * xStride], y[i], *lane);
            }

            for (int half = V.Count / 2; half > 0; half /= 2)
            {
                for (int lane = 0; lane < half; lane++)
                {
                    lanes[lane] += lanes[lane + half];
                }
            }

            *result = lanes[0];
        }
    }
}

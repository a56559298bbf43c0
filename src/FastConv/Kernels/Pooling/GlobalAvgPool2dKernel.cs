using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// The mean of each plane, and its transpose. A plane is summed in 16 lanes, and the lanes of 16 planes together, in the same tree on
/// every CPU: neighbours first. Planes too long for one float a lane go through double.
/// </summary>
internal static unsafe class GlobalAvgPool2dKernel
{
    // As long as a lane's sum of floats in a reduction.
    private const int LongestInFloat = 256 * SimdDispatch.ReductionLanes;

    /// <summary>output[p] = mean of input[p, :].</summary>
    public static void Forward(int planes, int plane, float* input, float* output)
    {
        Debug.Assert(planes > 0 && plane > 0);
        if (plane <= LongestInFloat)
        {
            var call = new MeansCall(planes, plane, input, output);
            SimdDispatch.RunReduction(ref call);
            return;
        }

        for (int p = 0; p < planes; p++)
        {
            output[p] = (float)(ReductionKernel.Run<SumReduction>(input, input, plane, pivot: 0).First / plane);
            input += plane;
        }
    }

    /// <summary>gradInput[p, :] = gradOutput[p] / plane.</summary>
    public static void Backward(int planes, int plane, float* gradOutput, float* gradInput)
    {
        Debug.Assert(planes > 0 && plane > 0);
        var call = new SpreadCall(planes, plane, gradOutput, gradInput);
        SimdDispatch.RunAtMost(plane, ref call);
    }

    private readonly struct MeansCall(int planes, int plane, float* input, float* output) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            Debug.Assert(V.Count == SimdDispatch.ReductionLanes);
            float* sums = stackalloc float[V.Count * V.Count];
            V length = V.Broadcast(plane);
            for (int first = 0; first < planes; first += V.Count)
            {
                int count = Math.Min(V.Count, planes - first);
                for (int p = 0; p < count; p++)
                {
                    Lanes<V>(input + (nint)(first + p) * plane).Store(sums + p * V.Count);
                }

                for (int vectors = V.Count / 2; vectors > 0; vectors /= 2)
                {
                    for (int i = 0; i < vectors; i++)
                    {
                        V left = V.Load(sums + 2 * i * V.Count);
                        V right = V.Load(sums + (2 * i + 1) * V.Count);
                        (V.Evens(left, right) + V.Odds(left, right)).Store(sums + i * V.Count);
                    }
                }

                (V.Load(sums) / length).StoreFirst(output + first, count);
            }
        }

        private V Lanes<V>(float* values)
            where V : struct, IVector<V>
        {
            V sum = V.Zero;
            int i = 0;
            for (; i <= plane - V.Count; i += V.Count)
            {
                sum += V.Load(values + i);
            }

            return i < plane ? sum + V.LoadFirst(values + i, plane - i) : sum;
        }
    }

    private readonly struct SpreadCall(int planes, int plane, float* gradOutput, float* gradInput) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* pixels = gradInput;
            for (int p = 0; p < planes; p++)
            {
                V share = V.Broadcast(gradOutput[p] / plane);
                for (int i = 0; i < plane - V.Count; i += V.Count)
                {
                    share.Store(pixels + i);
                }

                share.Store(pixels + plane - V.Count);
                pixels += plane;
            }
        }
    }
}

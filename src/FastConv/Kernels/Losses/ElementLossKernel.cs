using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>
/// The sum of an elementwise loss: values in float, sums in 16 lanes that are emptied into a double, so that the bits are the same on every
/// CPU with FMA.
/// </summary>
internal static unsafe class ElementLossKernel
{
    public static double Sum<TLoss>(TLoss loss, float* prediction, float* target, int length)
        where TLoss : struct, IElementLoss
    {
        Debug.Assert(length >= 0);
        double sum = 0;
        var call = new SumCall<TLoss>(loss, prediction, target, length, &sum);
        SimdDispatch.RunReduction(ref call);
        return sum;
    }

    private readonly struct SumCall<TLoss>(TLoss loss, float* prediction, float* target, int length, double* result) : ISimdOperation
        where TLoss : struct, IElementLoss
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            double total = 0;
            int i = 0;
            while (i < length)
            {
                int end = Math.Min(length - i, LaneSum.StepsPerChunk * V.Count) + i;
                V sum = V.Zero;
                for (; i <= end - V.Count; i += V.Count)
                {
                    sum += loss.Value(V.Load(prediction + i), V.Load(target + i));
                }

                if (i < end)
                {
                    V value = loss.Value(V.LoadFirst(prediction + i, end - i), V.LoadFirst(target + i, end - i));
                    sum += V.Select(V.MaskFirst(end - i), value, V.Zero);
                    i = end;
                }

                LaneSum.AddTo(sum, lanes, ref total);
            }

            *result = total;
        }
    }
}

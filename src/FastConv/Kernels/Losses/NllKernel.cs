using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>The negative log-likelihood of log-probabilities. A class of weight 0 adds nothing, whatever its log-probability.</summary>
internal static unsafe class NllKernel
{
    /// <summary>The sum of the losses of the rows [start, end), each -sum(q * log-probability).</summary>
    public static double Forward<TTarget>(TTarget target, float* logProbabilities, int classes, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        double loss = 0;
        var call = new ForwardCall<TTarget>(target, logProbabilities, classes, start, end, &loss);
        SimdDispatch.RunReduction(ref call);
        return loss;
    }

    /// <summary>gradient = -scale * q for the rows [start, end). May overwrite the targets.</summary>
    public static void Backward<TTarget>(TTarget target, float* gradient, int classes, double scale, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        var call = new BackwardCall<TTarget>(target, gradient, classes, (float)-scale, start, end);
        SimdDispatch.RunReduction(ref call);
    }

    private readonly struct ForwardCall<TTarget>(
        TTarget target, float* logProbabilities, int classes, int start, int end, double* loss) : ISimdOperation
        where TTarget : struct, IClassTarget
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            double total = 0;
            for (int row = start; row < end; row++)
            {
                float* x = logProbabilities + (nint)row * classes;
                float own = target.Own(row, out int classIndex);
                if (own != 0)
                {
                    total -= (double)own * x[classIndex];
                }

                if (target.IsSpread)
                {
                    total -= SpreadSums.Of<TTarget, V>(target, row, x, 0, classes, lanes).Weighted;
                }
            }

            *loss = total;
        }
    }

    private readonly struct BackwardCall<TTarget>(
        TTarget target, float* gradient, int classes, float factor, int start, int end) : ISimdOperation
        where TTarget : struct, IClassTarget
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            for (int row = start; row < end; row++)
            {
                float* to = gradient + (nint)row * classes;
                if (target.IsSpread)
                {
                    Spread<V>(row, to);
                }
                else
                {
                    new Span<float>(to, classes).Clear();
                }

                float own = target.Own(row, out int classIndex);
                if (own != 0)
                {
                    to[classIndex] += factor * own;
                }
            }
        }

        private void Spread<V>(int row, float* to)
            where V : struct, IVector<V>
        {
            V factors = V.Broadcast(factor);
            int c = 0;
            for (; c <= classes - V.Count; c += V.Count)
            {
                (target.Spread<V>(row, c, V.Count) * factors).Store(to + c);
            }

            if (c < classes)
            {
                (target.Spread<V>(row, c, classes - c) * factors).StoreFirst(to + c, classes - c);
            }
        }
    }
}

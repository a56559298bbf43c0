using System.Diagnostics;
using FastConv.Kernels.Normalization;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>
/// Softmax and the negative log-likelihood under it, in one: log-probability = (logit - max) - log(sum(e^(logit - max))). A row is read from
/// memory once; what follows finds it in the first-level cache. A class of weight 0 adds nothing to the loss, whatever its logit.
/// </summary>
internal static unsafe class CrossEntropyKernel
{
    /// <summary>The sum of the losses of the rows [start, end), each -sum(q * log-probability); their probabilities are written.</summary>
    public static double Forward<TTarget>(TTarget target, float* logits, float* probabilities, int classes, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        double loss = 0;
        var call = new ForwardCall<TTarget>(target, logits, probabilities, classes, start, end, &loss);
        SimdDispatch.RunReduction(ref call);
        return loss;
    }

    /// <summary>
    /// gradLogits = scale * (sum(q) * probability - q) for the rows [start, end). May overwrite the probabilities or the targets.
    /// </summary>
    public static void Backward<TTarget>(TTarget target, float* probabilities, float* gradLogits, int classes, double scale, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        var call = new BackwardCall<TTarget>(target, probabilities, gradLogits, classes, (float)scale, start, end);
        SimdDispatch.RunReduction(ref call);
    }

    private readonly struct ForwardCall<TTarget>(
        TTarget target, float* logits, float* probabilities, int classes, int start, int end, double* loss) : ISimdOperation
        where TTarget : struct, IClassTarget
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            double total = 0;
            for (int row = start; row < end; row++)
            {
                float* x = logits + (nint)row * classes;
                float* y = probabilities + (nint)row * classes;
                float max = RowExponentials.Max<V>(x, classes, lanes);
                double sum = RowExponentials.Sum<V>(x, max, y, classes, lanes);
                RowExponentials.Scale<V>(y, (float)(1 / sum), y, classes);
                double logSum = Math.Log(sum);
                float own = target.Own(row, out int classIndex);
                if (own != 0)
                {
                    total -= own * (x[classIndex] - max - logSum);
                }

                if (target.IsSpread)
                {
                    (double weights, double weighted) = SpreadSums.Of<TTarget, V>(target, row, x, max, classes, lanes);
                    total -= weighted - weights * logSum;
                }
            }

            *loss = total;
        }
    }

    private readonly struct BackwardCall<TTarget>(
        TTarget target, float* probabilities, float* gradLogits, int classes, float scale, int start, int end) : ISimdOperation
        where TTarget : struct, IClassTarget
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            for (int row = start; row < end; row++)
            {
                float* y = probabilities + (nint)row * classes;
                float* gradient = gradLogits + (nint)row * classes;
                float own = target.Own(row, out int classIndex);
                float ownProbability = y[classIndex];
                float total = own;
                V1 ownWeight = V1.Broadcast(own);
                if (target.IsSpread)
                {
                    total += (float)SpreadSums.Of<TTarget, V>(target, row, y, 0, classes, lanes).Weights;
                    ownWeight += target.Spread<V1>(row, classIndex, 1);
                    SpreadGradient<V>(row, y, gradient, total);
                }
                else
                {
                    RowExponentials.Scale<V>(y, total * scale, gradient, classes);
                }

                if (own != 0)
                {
                    V1 difference = V1.FusedMultiplyAdd(V1.Broadcast(total), V1.Broadcast(ownProbability), V1.Zero - ownWeight);
                    (difference * V1.Broadcast(scale)).Store(gradient + classIndex);
                }
            }
        }

        private void SpreadGradient<V>(int row, float* y, float* gradient, float total)
            where V : struct, IVector<V>
        {
            V totals = V.Broadcast(total);
            V scales = V.Broadcast(scale);
            int c = 0;
            for (; c <= classes - V.Count; c += V.Count)
            {
                V difference = V.FusedMultiplyAdd(totals, V.Load(y + c), V.Zero - target.Spread<V>(row, c, V.Count));
                (difference * scales).Store(gradient + c);
            }

            if (c < classes)
            {
                int count = classes - c;
                V difference = V.FusedMultiplyAdd(totals, V.LoadFirst(y + c, count), V.Zero - target.Spread<V>(row, c, count));
                (difference * scales).StoreFirst(gradient + c, count);
            }
        }
    }
}

using System.Diagnostics;

namespace FastConv.Kernels.Losses;

/// <summary>
/// Softmax and the negative log-likelihood under it, in one: log-probability = (logit - max) - log(sum(e^(logit - max))), in double
/// precision. A class of weight 0 adds nothing to the loss, whatever its logit.
/// </summary>
internal static unsafe class CrossEntropyKernel
{
    /// <summary>The sum of the losses of the rows [start, end), each -sum(q * log-probability); their probabilities are written.</summary>
    public static double Forward<TTarget>(TTarget target, float* logits, float* probabilities, int classes, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        double loss = 0;
        for (int row = start; row < end; row++)
        {
            float* x = logits + (nint)row * classes;
            float max = Max(x, classes);
            double logSum = Math.Log(Softmax(x, max, probabilities + (nint)row * classes, classes));
            for (int c = 0; c < classes; c++)
            {
                double weight = target.Weight(row, c);
                if (weight != 0)
                {
                    loss -= weight * ((double)x[c] - max - logSum);
                }
            }
        }

        return loss;
    }

    /// <summary>
    /// gradLogits = scale * (sum(q) * probability - q) for the rows [start, end). May overwrite the probabilities or the targets.
    /// </summary>
    public static void Backward<TTarget>(TTarget target, float* probabilities, float* gradLogits, int classes, double scale, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        for (int row = start; row < end; row++)
        {
            double total = 0;
            for (int c = 0; c < classes; c++)
            {
                total += target.Weight(row, c);
            }

            nint first = (nint)row * classes;
            for (int c = 0; c < classes; c++)
            {
                gradLogits[first + c] = (float)((total * probabilities[first + c] - target.Weight(row, c)) * scale);
            }
        }
    }

    private static float Max(float* x, int length)
    {
        float max = x[0];
        for (int i = 1; i < length; i++)
        {
            max = Math.Max(max, x[i]);
        }

        return max;
    }

    // Returns the sum of e^(x - max).
    private static double Softmax(float* x, float max, float* probabilities, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            double exponential = Math.Exp((double)x[i] - max);
            probabilities[i] = (float)exponential;
            sum += exponential;
        }

        double inverse = 1 / sum;
        for (int i = 0; i < length; i++)
        {
            probabilities[i] = (float)(probabilities[i] * inverse);
        }

        return sum;
    }
}

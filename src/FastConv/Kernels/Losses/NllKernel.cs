using System.Diagnostics;

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
        for (int row = start; row < end; row++)
        {
            float* x = logProbabilities + (nint)row * classes;
            for (int c = 0; c < classes; c++)
            {
                double weight = target.Weight(row, c);
                if (weight != 0)
                {
                    loss -= weight * x[c];
                }
            }
        }

        return loss;
    }

    /// <summary>gradient = -scale * q for the rows [start, end). May overwrite the targets.</summary>
    public static void Backward<TTarget>(TTarget target, float* gradient, int classes, double scale, int start, int end)
        where TTarget : struct, IClassTarget
    {
        Debug.Assert(classes > 0 && start >= 0 && start <= end);
        for (int row = start; row < end; row++)
        {
            for (int c = 0; c < classes; c++)
            {
                gradient[(nint)row * classes + c] = (float)(-scale * target.Weight(row, c));
            }
        }
    }
}

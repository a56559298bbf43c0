using System.Diagnostics;

namespace FastConv.Kernels.Losses;

/// <summary>The sum of an elementwise loss.</summary>
internal static unsafe class ElementLossKernel
{
    /// <summary>
    /// Four sums that take the elements in turn, added as (0 + 1) + (2 + 3): the order is the same everywhere, and no addition waits for
    /// the one before it.
    /// </summary>
    public static double Sum<TLoss>(TLoss loss, float* prediction, float* target, int length)
        where TLoss : struct, IElementLoss
    {
        Debug.Assert(length >= 0);
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4)
        {
            sum0 += loss.Value(prediction[i], target[i]);
            sum1 += loss.Value(prediction[i + 1], target[i + 1]);
            sum2 += loss.Value(prediction[i + 2], target[i + 2]);
            sum3 += loss.Value(prediction[i + 3], target[i + 3]);
        }

        for (; i < length; i++)
        {
            sum0 += loss.Value(prediction[i], target[i]);
        }

        return sum0 + sum1 + (sum2 + sum3);
    }
}

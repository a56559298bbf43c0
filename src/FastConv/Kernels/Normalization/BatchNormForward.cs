using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// Statistics of the batch: mean and biased variance, for the normalisation and for backward; running = (1 - momentum) * running +
/// momentum * new, with the unbiased variance. Two passes over the data, the second around the first one's mean.
/// </summary>
internal readonly unsafe struct BatchNormTrainingForward : IBatchNormPass
{
    public required float* Input { get; init; }

    /// <summary>Null: 1.</summary>
    public required float* Weight { get; init; }

    /// <summary>Null: 0.</summary>
    public required float* Bias { get; init; }

    /// <summary>Null: nobody keeps them.</summary>
    public required float* RunningMean { get; init; }

    public required float* RunningVariance { get; init; }

    public required float Momentum { get; init; }

    public required float Epsilon { get; init; }

    public required float* Output { get; init; }

    public required float* SavedMean { get; init; }

    public required float* SavedInverseStd { get; init; }

    public void Run(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        Debug.Assert(shape.ValuesPerChannel > 1);
        double count = shape.ValuesPerChannel;
        float* pivots = SavedMean;
        new Span<float>(pivots + firstChannel, endChannel - firstChannel).Clear();
        ChannelKernel.Sum<SumReduction>(shape, firstChannel, endChannel, Input, Input, pivots, scratch.First, scratch.Second);
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            pivots[channel] = (float)(scratch.First[channel] / count);
        }

        ChannelKernel.Sum<MomentsReduction>(shape, firstChannel, endChannel, Input, Input, pivots, scratch.First, scratch.Second);
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double offset = scratch.First[channel] / count;
            double mean = pivots[channel] + offset;
            double variance = Math.Max(0, scratch.Second[channel] / count - offset * offset);
            double inverseStd = 1 / Math.Sqrt(variance + Epsilon);
            if (RunningMean != null)
            {
                RunningMean[channel] = Blend(RunningMean[channel], mean);
                RunningVariance[channel] = Blend(RunningVariance[channel], variance * (count / (count - 1)));
            }

            SavedMean[channel] = (float)mean;
            SavedInverseStd[channel] = (float)inverseStd;
            scratch.Set(channel, mean, BatchNormAffine.Of(Weight, channel, 1) * inverseStd, BatchNormAffine.Of(Bias, channel, 0));
        }

        ChannelKernel.Map<NormalizeOperator>(shape, firstChannel, endChannel, Input, Input, scratch.Coefficients, Output);
    }

    private float Blend(float running, double value) => (float)((1.0 - Momentum) * running + Momentum * value);
}

/// <summary>Statistics that are given.</summary>
internal readonly unsafe struct BatchNormInferenceForward : IBatchNormPass
{
    public required float* Input { get; init; }

    /// <summary>Null: 1.</summary>
    public required float* Weight { get; init; }

    /// <summary>Null: 0.</summary>
    public required float* Bias { get; init; }

    public required float* RunningMean { get; init; }

    public required float* RunningVariance { get; init; }

    public required float Epsilon { get; init; }

    public required float* Output { get; init; }

    public void Run(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double inverseStd = 1 / Math.Sqrt((double)RunningVariance[channel] + Epsilon);
            scratch.Set(
                channel, RunningMean[channel], BatchNormAffine.Of(Weight, channel, 1) * inverseStd, BatchNormAffine.Of(Bias, channel, 0));
        }

        ChannelKernel.Map<NormalizeOperator>(shape, firstChannel, endChannel, Input, Input, scratch.Coefficients, Output);
    }
}

/// <summary>(x - a) * b + c: a the mean, b weight * inverse standard deviation, c the bias.</summary>
internal readonly struct NormalizeOperator : IChannelOperator
{
    public static V Apply<V>(V x, V y, V a, V b, V c, V d)
        where V : struct, IVector<V> => V.FusedMultiplyAdd(x - a, b, c);
}

/// <summary>Learnables that may be left out.</summary>
internal static unsafe class BatchNormAffine
{
    public static double Of(float* values, int channel, double neutral) => values == null ? neutral : values[channel];
}

using System.Diagnostics;
using FastConv.Shapes;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// Statistics of the batch: mean and biased variance, for the normalisation and for backward; running = (1 - momentum) * running +
/// momentum * new, with the unbiased variance. One pass over the data sums deviations from a pivot and their squares. Its pivot is the mean of a few
/// values; should that turn out to be far from the mean of all, where the variance would be a small difference of large sums, the channel is summed
/// again around the mean.
/// </summary>
internal readonly unsafe struct BatchNormTrainingForward<TOperator> : IBatchNormPass
    where TOperator : struct, IChannelOperator
{
    // Values behind a pivot, spread over the channel.
    private const int Samples = 8;

    // Squared distance of pivot and mean, in variances, up to which sums are good: it multiplies their rounding error.
    private const double Tolerance = 4;

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

    public bool HasSums => true;

    private ChannelData Data => new() { Input = Input };

    public void Prepare(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double sum = 0;
            for (int sample = 0; sample < Samples; sample++)
            {
                int index = (int)((long)shape.ValuesPerChannel * sample / Samples);
                sum += Input[((nint)(index / shape.Plane) * shape.Channels + channel) * shape.Plane + index % shape.Plane];
            }

            scratch.Pivots[channel] = (float)(sum / Samples);
        }
    }

    public void Sum(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block, int part) =>
        ChannelSumKernel.Sum<DeviationTerm>(shape, block, Data, scratch.Pivots, scratch.First(part), scratch.Second(part));

    public void Finish(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        Debug.Assert(shape.ValuesPerChannel > 1);
        double count = shape.ValuesPerChannel;
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            (double sum, double squares) = scratch.SumsOf(channel);
            double offset = sum / count;
            double variance = squares / count - offset * offset;
            if (offset * offset > Tolerance * variance)
            {
                scratch.Pivots[channel] += (float)offset;
                Sum(shape, scratch, new ChannelBlock(channel, channel + 1, 0, shape.Batch), part: 0);
                offset = scratch.First(0)[channel] / count;
                variance = Math.Max(0, scratch.Second(0)[channel] / count - offset * offset);
            }

            double mean = scratch.Pivots[channel] + offset;
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
    }

    public void Map(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block) =>
        ChannelMapKernel.Map<TOperator>(shape, block, Data, scratch.Coefficients, Output);

    private float Blend(float running, double value) => (float)((1.0 - Momentum) * running + Momentum * value);
}

/// <summary>Statistics that are given.</summary>
internal readonly unsafe struct BatchNormInferenceForward<TOperator> : IBatchNormPass
    where TOperator : struct, IChannelOperator
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

    public bool HasSums => false;

    public void Prepare(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
    }

    public void Sum(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block, int part)
    {
    }

    public void Finish(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double inverseStd = 1 / Math.Sqrt((double)RunningVariance[channel] + Epsilon);
            scratch.Set(
                channel, RunningMean[channel], BatchNormAffine.Of(Weight, channel, 1) * inverseStd, BatchNormAffine.Of(Bias, channel, 0));
        }
    }

    public void Map(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block) =>
        ChannelMapKernel.Map<TOperator>(shape, block, new ChannelData { Input = Input }, scratch.Coefficients, Output);
}

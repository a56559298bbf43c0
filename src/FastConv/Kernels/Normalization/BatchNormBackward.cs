using FastConv.Kernels.Reductions;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// The true gradient: mean and variance depend on the input too. With xhat = (x - mean) * inverseStd and n values a channel,
/// gradInput = weight * inverseStd * (gradOutput - sum(gradOutput) / n - xhat * sum(gradOutput * xhat) / n),
/// gradWeight += sum(gradOutput * xhat), gradBias += sum(gradOutput).
/// Source: Ioffe, Szegedy, "Batch normalization" (ICML 2015), section 3.
/// </summary>
internal readonly unsafe struct BatchNormTrainingBackward : IBatchNormPass
{
    public required float* Input { get; init; }

    public required float* GradOutput { get; init; }

    /// <summary>Null: 1.</summary>
    public required float* Weight { get; init; }

    public required float* SavedMean { get; init; }

    public required float* SavedInverseStd { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradInput { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradWeight { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradBias { get; init; }

    public void Run(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        ChannelKernel.Sum<CovarianceReduction>(shape, firstChannel, endChannel, Input, GradOutput, SavedMean, scratch.First, scratch.Second);
        double count = shape.ValuesPerChannel;
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double sum = scratch.First[channel];
            double inverseStd = SavedInverseStd[channel];
            double normalizedSum = scratch.Second[channel] * inverseStd;
            if (GradWeight != null)
            {
                GradWeight[channel] += (float)normalizedSum;
            }

            if (GradBias != null)
            {
                GradBias[channel] += (float)sum;
            }

            double scale = BatchNormAffine.Of(Weight, channel, 1) * inverseStd;
            scratch.Set(channel, SavedMean[channel], scale, -scale * inverseStd * normalizedSum / count, -scale * sum / count);
        }

        if (GradInput != null)
        {
            ChannelKernel.Map<TrainingGradientOperator>(shape, firstChannel, endChannel, Input, GradOutput, scratch.Coefficients, GradInput);
        }
    }

    /// <summary>y * b + (x - a) * c + d, x the input and y its output's gradient.</summary>
    private readonly struct TrainingGradientOperator : IChannelOperator
    {
        public static V Apply<V>(V x, V y, V a, V b, V c, V d)
            where V : struct, IVector<V> => V.FusedMultiplyAdd(y, b, V.FusedMultiplyAdd(x - a, c, d));
    }
}

/// <summary>With given statistics the output is a line in the input: gradInput = weight * inverseStd * gradOutput.</summary>
internal readonly unsafe struct BatchNormInferenceBackward : IBatchNormPass
{
    public required float* Input { get; init; }

    public required float* GradOutput { get; init; }

    /// <summary>Null: 1.</summary>
    public required float* Weight { get; init; }

    public required float* RunningMean { get; init; }

    public required float* RunningVariance { get; init; }

    public required float Epsilon { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradInput { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradWeight { get; init; }

    /// <summary>Null: not wanted.</summary>
    public required float* GradBias { get; init; }

    public void Run(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        ChannelKernel.Sum<CovarianceReduction>(shape, firstChannel, endChannel, Input, GradOutput, RunningMean, scratch.First, scratch.Second);
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double inverseStd = 1 / Math.Sqrt((double)RunningVariance[channel] + Epsilon);
            if (GradWeight != null)
            {
                GradWeight[channel] += (float)(scratch.Second[channel] * inverseStd);
            }

            if (GradBias != null)
            {
                GradBias[channel] += (float)scratch.First[channel];
            }

            scratch.Set(channel, 0, BatchNormAffine.Of(Weight, channel, 1) * inverseStd, 0);
        }

        if (GradInput != null)
        {
            ChannelKernel.Map<NormalizeOperator>(shape, firstChannel, endChannel, GradOutput, GradOutput, scratch.Coefficients, GradInput);
        }
    }
}

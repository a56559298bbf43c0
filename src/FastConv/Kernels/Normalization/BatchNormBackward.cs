using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// The true gradient: mean and variance depend on the input too. With xhat = (x - mean) * inverseStd and n values a channel,
/// gradInput = weight * inverseStd * (gradOutput - sum(gradOutput) / n - xhat * sum(gradOutput * xhat) / n),
/// gradWeight += sum(gradOutput * xhat), gradBias += sum(gradOutput). Behind an activation gradOutput is what that lets through, the term.
/// Source: Ioffe, Szegedy, "Batch normalization" (ICML 2015), section 3.
/// </summary>
internal readonly unsafe struct BatchNormTrainingBackward<TTerm> : IBatchNormPass
    where TTerm : struct, IChannelTerm
{
    public required BatchNormGradients Gradients { get; init; }

    public required float* SavedMean { get; init; }

    public required float* SavedInverseStd { get; init; }

    public bool HasSums => true;

    public void Prepare(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
    }

    public void Sum(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block, int part) =>
        ChannelSumKernel.Sum<TTerm>(shape, block, Gradients.Data, SavedMean, scratch.First(part), scratch.Second(part));

    public void Finish(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        double count = shape.ValuesPerChannel;
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double inverseStd = SavedInverseStd[channel];
            (double sum, double normalizedSum) = Gradients.AddToParameters(scratch, channel, inverseStd);
            double scale = BatchNormAffine.Of(Gradients.Weight, channel, 1) * inverseStd;
            scratch.Set(channel, SavedMean[channel], scale, -scale * inverseStd * normalizedSum / count, -scale * sum / count);
        }
    }

    public void Map(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block)
    {
        if (Gradients.GradInput != null)
        {
            ChannelMapKernel.Map<Operator>(shape, block, Gradients.Data, scratch.Coefficients, Gradients.GradInput);
        }
    }

    /// <summary>t * b + (x - a) * c + d.</summary>
    private readonly struct Operator : IChannelOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(float* input, float* gradOutput, float* output, V a, V b, V c, V d)
            where V : struct, IVector<V>
        {
            V deviation = V.Load(input) - a;
            return V.FusedMultiplyAdd(TTerm.Of(deviation, gradOutput, output), b, V.FusedMultiplyAdd(deviation, c, d));
        }
    }
}

/// <summary>With given statistics the output is a line in the input: gradInput = weight * inverseStd * gradOutput.</summary>
internal readonly unsafe struct BatchNormInferenceBackward<TTerm> : IBatchNormPass
    where TTerm : struct, IChannelTerm
{
    public required BatchNormGradients Gradients { get; init; }

    public required float* RunningMean { get; init; }

    public required float* RunningVariance { get; init; }

    public required float Epsilon { get; init; }

    public bool HasSums => Gradients.GradWeight != null || Gradients.GradBias != null;

    public void Prepare(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
    }

    public void Sum(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block, int part) =>
        ChannelSumKernel.Sum<TTerm>(shape, block, Gradients.Data, RunningMean, scratch.First(part), scratch.Second(part));

    public void Finish(BatchNormShape shape, BatchNormScratch scratch, int firstChannel, int endChannel)
    {
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            double inverseStd = 1 / Math.Sqrt((double)RunningVariance[channel] + Epsilon);
            if (HasSums)
            {
                Gradients.AddToParameters(scratch, channel, inverseStd);
            }

            scratch.Set(channel, 0, BatchNormAffine.Of(Gradients.Weight, channel, 1) * inverseStd, 0);
        }
    }

    public void Map(BatchNormShape shape, BatchNormScratch scratch, ChannelBlock block)
    {
        if (Gradients.GradInput != null)
        {
            ChannelMapKernel.Map<Operator>(shape, block, Gradients.Data, scratch.Coefficients, Gradients.GradInput);
        }
    }

    /// <summary>t * b.</summary>
    private readonly struct Operator : IChannelOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(float* input, float* gradOutput, float* output, V a, V b, V c, V d)
            where V : struct, IVector<V> => TTerm.Of(V.Zero, gradOutput, output) * b;
    }
}

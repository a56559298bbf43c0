namespace FastConv.Primitives;

public static partial class BatchNormPrimitives
{
    /// <summary>
    /// A convolution or linear layer and the inference of a batch normalisation behind it as one: with s = gamma / sqrt(variance + epsilon),
    /// foldedWeight = s * weight and foldedBias = s * (bias - mean) + beta, computed in double precision.
    /// Source: https://pytorch.org/docs/stable/generated/torch.nn.utils.fuse_conv_bn_weights.html
    /// </summary>
    /// <param name="channels">Output channels.</param>
    /// <param name="weight">[channels, ...].</param>
    /// <param name="bias">[channels] or empty: 0.</param>
    /// <param name="gamma">[channels] or empty: 1.</param>
    /// <param name="beta">[channels] or empty: 0.</param>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">Added to the variance; at least 0.</param>
    /// <param name="foldedWeight">The length of <paramref name="weight"/>; may be the same memory.</param>
    /// <param name="foldedBias">[channels].</param>
    /// <exception cref="ArgumentException">A length does not match, epsilon is out of range, or memory overlaps.</exception>
    public static void Fold(
        int channels,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> beta,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Span<float> foldedWeight,
        Span<float> foldedBias)
    {
        const string Op = "BatchNorm.Fold";
        Require.Positive(Op, nameof(channels), channels);
        Require.Length(Op, nameof(weight), Require.Product(Op, nameof(channels), channels, nameof(weight), weight.Length / channels), weight.Length);
        Require.LengthOrEmpty(Op, nameof(bias), channels, bias.Length);
        Require.LengthOrEmpty(Op, nameof(gamma), channels, gamma.Length);
        Require.LengthOrEmpty(Op, nameof(beta), channels, beta.Length);
        Require.Length(Op, nameof(runningMean), channels, runningMean.Length);
        Require.Length(Op, nameof(runningVariance), channels, runningVariance.Length);
        BatchNormRun.RequireEpsilon(Op, epsilon);
        Require.Length(Op, nameof(foldedWeight), weight.Length, foldedWeight.Length);
        Require.Length(Op, nameof(foldedBias), channels, foldedBias.Length);
        Require.NoPartialOverlap(Op, nameof(weight), weight, nameof(foldedWeight), foldedWeight);
        Require.NoOverlap(Op, nameof(weight), weight, nameof(foldedBias), foldedBias);
        Require.NoOverlap(Op, nameof(foldedWeight), foldedWeight, nameof(foldedBias), foldedBias);

        int length = weight.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            double scale = Of(gamma, channel, 1) / Math.Sqrt((double)runningVariance[channel] + epsilon);
            double shift = scale * (Of(bias, channel, 0) - runningMean[channel]) + Of(beta, channel, 0);
            int end = (channel + 1) * length;
            for (int index = end - length; index < end; index++)
            {
                foldedWeight[index] = (float)(weight[index] * scale);
            }

            foldedBias[channel] = (float)shift;
        }
    }

    private static double Of(ReadOnlySpan<float> values, int channel, double neutral) => values.IsEmpty ? neutral : values[channel];
}

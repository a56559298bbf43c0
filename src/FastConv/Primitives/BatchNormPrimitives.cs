using FastConv.Kernels.Normalization;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) * weight + bias, with a mean and a variance for each channel: those of the batch while
/// training, running averages afterwards. Data is [batch, channels, plane], everything else [channels]. Weight and bias may be empty: 1
/// and 0. Results may overwrite the data they are made from.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
/// </summary>
public static unsafe partial class BatchNormPrimitives
{
    /// <summary>Normalises by the batch's mean and biased variance, and updates the running averages.</summary>
    /// <param name="shape">All sizes; a channel needs at least 2 values.</param>
    /// <param name="input">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="bias">[channels] or empty.</param>
    /// <param name="runningMean">[channels], or empty together with the variance: not kept.</param>
    /// <param name="runningVariance">[channels] or empty; unbiased.</param>
    /// <param name="momentum">Share of the new value in the running average, from 0 to 1.</param>
    /// <param name="epsilon">Added to the variance; at least 0.</param>
    /// <param name="output">[batch, channels, plane].</param>
    /// <param name="savedMean">[channels], for backward.</param>
    /// <param name="savedInverseStd">[channels], 1 / sqrt(variance + epsilon), for backward.</param>
    /// <param name="activation">Applied to every output in the same pass over memory.</param>
    /// <exception cref="ArgumentException">A length does not match, a number is out of range, a channel has one value, or memory overlaps.</exception>
    public static void ForwardTraining(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        Span<float> runningMean,
        Span<float> runningVariance,
        float momentum,
        float epsilon,
        Span<float> output,
        Span<float> savedMean,
        Span<float> savedInverseStd,
        Activation activation = Activation.None)
    {
        const string Op = "BatchNorm.ForwardTraining";
        BatchNormRun.RequireForward(Op, shape, input, weight, bias, epsilon, output);
        Require.LengthOrEmpty(Op, nameof(runningMean), shape.Channels, runningMean.Length);
        Require.Length(Op, nameof(runningVariance), runningMean.Length, runningVariance.Length);
        Require.Length(Op, nameof(savedMean), shape.Channels, savedMean.Length);
        Require.Length(Op, nameof(savedInverseStd), shape.Channels, savedInverseStd.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(savedMean), savedMean);
        Require.NoOverlap(Op, nameof(input), input, nameof(savedInverseStd), savedInverseStd);
        Require.InRange(Op, nameof(momentum), 0, 1, momentum);
        Require.KnownActivation(Op, activation);
        if (shape.ValuesPerChannel == 1)
        {
            throw new ArgumentException($"{Op}: input expects more than 1 value per channel, received {shape}.", nameof(input));
        }

        Require.NoOverlap<float>(Op, nameof(output), output, nameof(savedMean), savedMean);
        Require.NoOverlap<float>(Op, nameof(output), output, nameof(savedInverseStd), savedInverseStd);
        Require.NoOverlap<float>(Op, nameof(savedMean), savedMean, nameof(savedInverseStd), savedInverseStd);
        Require.NoOverlap<float>(Op, nameof(output), output, nameof(runningMean), runningMean);
        Require.NoOverlap<float>(Op, nameof(output), output, nameof(runningVariance), runningVariance);
        Require.NoOverlap<float>(Op, nameof(runningMean), runningMean, nameof(runningVariance), runningVariance);

        fixed (float* source = input, gamma = weight, beta = bias, mean = runningMean, variance = runningVariance)
        fixed (float* destination = output, batchMean = savedMean, batchInverseStd = savedInverseStd)
        {
            if (activation == Activation.ReLU)
            {
                Train<NormalizeReLUOperator>(
                    shape, source, gamma, beta, mean, variance, momentum, epsilon, destination, batchMean, batchInverseStd);
            }
            else
            {
                Train<NormalizeOperator>(
                    shape, source, gamma, beta, mean, variance, momentum, epsilon, destination, batchMean, batchInverseStd);
            }
        }
    }

    /// <summary>Normalises by given statistics.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="bias">[channels] or empty.</param>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">Added to the variance; at least 0.</param>
    /// <param name="output">[batch, channels, plane].</param>
    /// <param name="activation">Applied to every output in the same pass over memory.</param>
    /// <exception cref="ArgumentException">A length does not match, epsilon is out of range, or memory overlaps in part.</exception>
    public static void ForwardInference(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Span<float> output,
        Activation activation = Activation.None)
    {
        const string Op = "BatchNorm.ForwardInference";
        BatchNormRun.RequireForward(Op, shape, input, weight, bias, epsilon, output);
        Require.Length(Op, nameof(runningMean), shape.Channels, runningMean.Length);
        Require.Length(Op, nameof(runningVariance), shape.Channels, runningVariance.Length);
        Require.KnownActivation(Op, activation);

        fixed (float* source = input, gamma = weight, beta = bias, mean = runningMean, variance = runningVariance, destination = output)
        {
            if (activation == Activation.ReLU)
            {
                Infer<NormalizeReLUOperator>(shape, source, gamma, beta, mean, variance, epsilon, destination);
            }
            else
            {
                Infer<NormalizeOperator>(shape, source, gamma, beta, mean, variance, epsilon, destination);
            }
        }
    }

    private static void Train<TOperator>(
        BatchNormShape shape,
        float* input,
        float* weight,
        float* bias,
        float* runningMean,
        float* runningVariance,
        float momentum,
        float epsilon,
        float* output,
        float* savedMean,
        float* savedInverseStd)
        where TOperator : struct, IChannelOperator
    {
        var pass = new BatchNormTrainingForward<TOperator>
        {
            Input = input,
            Weight = weight,
            Bias = bias,
            RunningMean = runningMean,
            RunningVariance = runningVariance,
            Momentum = momentum,
            Epsilon = epsilon,
            Output = output,
            SavedMean = savedMean,
            SavedInverseStd = savedInverseStd,
        };
        BatchNormRun.Run(shape, ref pass);
    }

    private static void Infer<TOperator>(
        BatchNormShape shape, float* input, float* weight, float* bias, float* runningMean, float* runningVariance, float epsilon, float* output)
        where TOperator : struct, IChannelOperator
    {
        var pass = new BatchNormInferenceForward<TOperator>
        {
            Input = input,
            Weight = weight,
            Bias = bias,
            RunningMean = runningMean,
            RunningVariance = runningVariance,
            Epsilon = epsilon,
            Output = output,
        };
        BatchNormRun.Run(shape, ref pass);
    }
}

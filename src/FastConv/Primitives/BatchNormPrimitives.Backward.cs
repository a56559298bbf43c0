using FastConv.Kernels.Normalization;
using FastConv.Shapes;

namespace FastConv.Primitives;

public static unsafe partial class BatchNormPrimitives
{
    /// <summary>The gradient of <see cref="ForwardTraining"/>, through mean and variance too.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">What forward was given: [batch, channels, plane].</param>
    /// <param name="gradOutput">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="savedMean">What forward wrote: [channels].</param>
    /// <param name="savedInverseStd">What forward wrote: [channels].</param>
    /// <param name="gradInput">[batch, channels, plane], overwritten; or empty: not wanted.</param>
    /// <param name="gradWeight">[channels], added to; or empty: not wanted.</param>
    /// <param name="gradBias">[channels], added to; or empty: not wanted.</param>
    /// <exception cref="ArgumentException">A length does not match, or memory overlaps in part.</exception>
    public static void BackwardTraining(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> savedMean,
        ReadOnlySpan<float> savedInverseStd,
        Span<float> gradInput,
        Span<float> gradWeight,
        Span<float> gradBias)
    {
        const string Op = "BatchNorm.BackwardTraining";
        BatchNormRun.RequireBackward(Op, shape, input, gradOutput, weight, gradInput, gradWeight, gradBias);
        Require.Length(Op, nameof(savedMean), shape.Channels, savedMean.Length);
        Require.Length(Op, nameof(savedInverseStd), shape.Channels, savedInverseStd.Length);

        fixed (float* source = input, gradient = gradOutput, gamma = weight, mean = savedMean, inverseStd = savedInverseStd)
        fixed (float* destination = gradInput, gammaGradient = gradWeight, betaGradient = gradBias)
        {
            var pass = new BatchNormTrainingBackward
            {
                Input = source,
                GradOutput = gradient,
                Weight = gamma,
                SavedMean = mean,
                SavedInverseStd = inverseStd,
                GradInput = destination,
                GradWeight = gammaGradient,
                GradBias = betaGradient,
            };
            BatchNormRun.Run(shape, ref pass);
        }
    }

    /// <summary>The gradient of <see cref="ForwardInference"/>: the statistics are constants.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">What forward was given: [batch, channels, plane].</param>
    /// <param name="gradOutput">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">As forward was told.</param>
    /// <param name="gradInput">[batch, channels, plane], overwritten; or empty: not wanted.</param>
    /// <param name="gradWeight">[channels], added to; or empty: not wanted.</param>
    /// <param name="gradBias">[channels], added to; or empty: not wanted.</param>
    /// <exception cref="ArgumentException">A length does not match, epsilon is out of range, or memory overlaps in part.</exception>
    public static void BackwardInference(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Span<float> gradInput,
        Span<float> gradWeight,
        Span<float> gradBias)
    {
        const string Op = "BatchNorm.BackwardInference";
        BatchNormRun.RequireBackward(Op, shape, input, gradOutput, weight, gradInput, gradWeight, gradBias);
        Require.Length(Op, nameof(runningMean), shape.Channels, runningMean.Length);
        Require.Length(Op, nameof(runningVariance), shape.Channels, runningVariance.Length);
        BatchNormRun.RequireEpsilon(Op, epsilon);

        fixed (float* source = input, gradient = gradOutput, gamma = weight, mean = runningMean, variance = runningVariance)
        fixed (float* destination = gradInput, gammaGradient = gradWeight, betaGradient = gradBias)
        {
            var pass = new BatchNormInferenceBackward
            {
                Input = source,
                GradOutput = gradient,
                Weight = gamma,
                RunningMean = mean,
                RunningVariance = variance,
                Epsilon = epsilon,
                GradInput = destination,
                GradWeight = gammaGradient,
                GradBias = betaGradient,
            };
            BatchNormRun.Run(shape, ref pass);
        }
    }
}

using FastConv.Kernels.Normalization;
using FastConv.Shapes;

namespace FastConv.Primitives;

public static unsafe partial class BatchNormPrimitives
{
    /// <summary>The gradient of <c>ForwardTraining</c>, through mean and variance too.</summary>
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
        Span<float> gradBias) =>
        BackwardTraining(shape, input, [], gradOutput, weight, savedMean, savedInverseStd, Activation.None, gradInput, gradWeight, gradBias);

    /// <summary>The gradient of <c>ForwardTraining</c>, through mean and variance too.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">What forward was given: [batch, channels, plane].</param>
    /// <param name="output">What forward wrote: [batch, channels, plane]; or empty without an activation.</param>
    /// <param name="gradOutput">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="savedMean">What forward wrote: [channels].</param>
    /// <param name="savedInverseStd">What forward wrote: [channels].</param>
    /// <param name="activation">As forward was told; the gradient of a ReLU follows from the sign of the output.</param>
    /// <param name="gradInput">[batch, channels, plane], overwritten; or empty: not wanted.</param>
    /// <param name="gradWeight">[channels], added to; or empty: not wanted.</param>
    /// <param name="gradBias">[channels], added to; or empty: not wanted.</param>
    /// <exception cref="ArgumentException">A length does not match, or memory overlaps in part.</exception>
    public static void BackwardTraining(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> savedMean,
        ReadOnlySpan<float> savedInverseStd,
        Activation activation,
        Span<float> gradInput,
        Span<float> gradWeight,
        Span<float> gradBias)
    {
        const string Op = "BatchNorm.BackwardTraining";
        BatchNormRun.RequireBackward(Op, shape, input, output, gradOutput, weight, activation, gradInput, gradWeight, gradBias);
        Require.Length(Op, nameof(savedMean), shape.Channels, savedMean.Length);
        Require.Length(Op, nameof(savedInverseStd), shape.Channels, savedInverseStd.Length);

        fixed (float* source = input, result = output, gradient = gradOutput, gamma = weight, mean = savedMean, inverseStd = savedInverseStd)
        fixed (float* destination = gradInput, gammaGradient = gradWeight, betaGradient = gradBias)
        {
            var gradients = new BatchNormGradients
            {
                Data = new ChannelData { Input = source, GradOutput = gradient, Output = result },
                Weight = gamma,
                GradInput = destination,
                GradWeight = gammaGradient,
                GradBias = betaGradient,
            };
            if (activation == Activation.ReLU)
            {
                var pass = new BatchNormTrainingBackward<ReLUGradientTerm> { Gradients = gradients, SavedMean = mean, SavedInverseStd = inverseStd };
                BatchNormRun.Run(shape, ref pass);
            }
            else
            {
                var pass = new BatchNormTrainingBackward<GradientTerm> { Gradients = gradients, SavedMean = mean, SavedInverseStd = inverseStd };
                BatchNormRun.Run(shape, ref pass);
            }
        }
    }

    /// <summary>The gradient of <c>ForwardInference</c>: the statistics are constants.</summary>
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
        Span<float> gradBias) =>
        BackwardInference(shape, input, [], gradOutput, weight, runningMean, runningVariance, epsilon, Activation.None, gradInput, gradWeight, gradBias);

    /// <summary>The gradient of <c>ForwardInference</c>: the statistics are constants.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">What forward was given: [batch, channels, plane].</param>
    /// <param name="output">What forward wrote: [batch, channels, plane]; or empty without an activation.</param>
    /// <param name="gradOutput">[batch, channels, plane].</param>
    /// <param name="weight">[channels] or empty.</param>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">As forward was told.</param>
    /// <param name="activation">As forward was told; the gradient of a ReLU follows from the sign of the output.</param>
    /// <param name="gradInput">[batch, channels, plane], overwritten; or empty: not wanted.</param>
    /// <param name="gradWeight">[channels], added to; or empty: not wanted.</param>
    /// <param name="gradBias">[channels], added to; or empty: not wanted.</param>
    /// <exception cref="ArgumentException">A length does not match, epsilon is out of range, or memory overlaps in part.</exception>
    public static void BackwardInference(
        BatchNormShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Activation activation,
        Span<float> gradInput,
        Span<float> gradWeight,
        Span<float> gradBias)
    {
        const string Op = "BatchNorm.BackwardInference";
        BatchNormRun.RequireBackward(Op, shape, input, output, gradOutput, weight, activation, gradInput, gradWeight, gradBias);
        Require.Length(Op, nameof(runningMean), shape.Channels, runningMean.Length);
        Require.Length(Op, nameof(runningVariance), shape.Channels, runningVariance.Length);
        BatchNormRun.RequireEpsilon(Op, epsilon);

        fixed (float* source = input, result = output, gradient = gradOutput, gamma = weight, mean = runningMean, variance = runningVariance)
        fixed (float* destination = gradInput, gammaGradient = gradWeight, betaGradient = gradBias)
        {
            var gradients = new BatchNormGradients
            {
                Data = new ChannelData { Input = source, GradOutput = gradient, Output = result },
                Weight = gamma,
                GradInput = destination,
                GradWeight = gammaGradient,
                GradBias = betaGradient,
            };
            if (activation == Activation.ReLU)
            {
                var pass = new BatchNormInferenceBackward<ReLUGradientTerm>
                {
                    Gradients = gradients, RunningMean = mean, RunningVariance = variance, Epsilon = epsilon,
                };
                BatchNormRun.Run(shape, ref pass);
            }
            else
            {
                var pass = new BatchNormInferenceBackward<GradientTerm>
                {
                    Gradients = gradients, RunningMean = mean, RunningVariance = variance, Epsilon = epsilon,
                };
                BatchNormRun.Run(shape, ref pass);
            }
        }
    }
}

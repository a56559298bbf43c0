using FastConv.Kernels.Updates;

namespace FastConv.Primitives;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011): every element has a learning rate that falls with the gradients it has seen.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html
/// </summary>
public static unsafe class AdaGradPrimitives
{
    private const string Op = "AdaGrad.Step";

    /// <summary>
    /// g = gradient + weightDecay * value; squareSum += g^2; value -= rate * g / (sqrt(squareSum) + epsilon), where the rate is
    /// learningRate / (1 + (step - 1) * learningRateDecay).
    /// </summary>
    /// <param name="value">The parameter.</param>
    /// <param name="gradient">Of the loss with respect to the value; the same length.</param>
    /// <param name="squareSum">The state: zeros, or another initial sum, before the first step.</param>
    /// <param name="options">Learning rate, its decay and the rest.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, spans that overlap, or a step below 1.</exception>
    public static void Step(Span<float> value, ReadOnlySpan<float> gradient, Span<float> squareSum, in AdaGradOptions options, long step)
    {
        Hyperparameter.StepNumber(Op, step);
        UpdateMap.RequireGradient(Op, value, gradient);
        UpdateMap.RequireState(Op, value, gradient, nameof(squareSum), squareSum);
        fixed (float* pointerValue = value, pointerGradient = gradient, pointerSum = squareSum)
        {
            var run = new UpdateSlice { Value = pointerValue, Gradient = pointerGradient, State0 = pointerSum, Length = value.Length };
            UpdateMap.Run(UpdateOf(options, step, gradientScale: 1), run);
        }
    }

    /// <summary>The same for all pieces of an optimiser, with gradients times <paramref name="gradientScale"/>.</summary>
    internal static void Step(UpdatePieces pieces, in AdaGradOptions options, long step, double gradientScale) =>
        UpdateMap.Run(UpdateOf(options, step, gradientScale), pieces);

    private static AdaGradUpdate UpdateOf(in AdaGradOptions options, long step, double gradientScale) => new(
        (float)gradientScale,
        (float)(options.LearningRate / (1 + (step - 1) * options.LearningRateDecay)),
        (float)options.WeightDecay,
        (float)options.Epsilon);
}

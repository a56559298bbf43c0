using FastConv.Kernels.Updates;

namespace FastConv.Primitives;

/// <summary>
/// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019).
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.Adam.html and torch.optim.AdamW.html
/// </summary>
public static unsafe class AdamPrimitives
{
    private const string Op = "Adam.Step";

    /// <summary>
    /// Adam: g = gradient + weightDecay * value. AdamW: g = gradient, and value *= 1 - learningRate * weightDecay. Then
    /// average = beta1 * average + (1 - beta1) * g; squareAverage = beta2 * squareAverage + (1 - beta2) * g^2;
    /// value -= learningRate * (average / (1 - beta1^step)) / (sqrt(squareAverage / (1 - beta2^step)) + epsilon).
    /// </summary>
    /// <param name="value">The parameter.</param>
    /// <param name="gradient">Of the loss with respect to the value; the same length.</param>
    /// <param name="average">The state: zeros before the first step.</param>
    /// <param name="squareAverage">The same.</param>
    /// <param name="options">Learning rate, betas and the rest.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, spans that overlap, or a step below 1.</exception>
    public static void Step(
        Span<float> value, ReadOnlySpan<float> gradient, Span<float> average, Span<float> squareAverage, in AdamOptions options, long step)
    {
        Hyperparameter.StepNumber(Op, step);
        UpdateMap.RequireGradient(Op, value, gradient);
        UpdateMap.RequireState(Op, value, gradient, nameof(average), average);
        UpdateMap.RequireState(Op, value, gradient, nameof(squareAverage), squareAverage);
        Require.NoOverlap(Op, nameof(average), average, nameof(squareAverage), squareAverage);
        fixed (float* pointerValue = value, pointerGradient = gradient, pointerAverage = average, pointerSquares = squareAverage)
        {
            var run = new UpdateSlice { Value = pointerValue, Gradient = pointerGradient, State0 = pointerAverage, State1 = pointerSquares, Length = value.Length };
            UpdateMap.Run(UpdateOf(options, step, gradientScale: 1), run);
        }
    }

    /// <summary>The same for all pieces of an optimiser, with gradients times <paramref name="gradientScale"/>.</summary>
    internal static void Step(UpdatePieces pieces, in AdamOptions options, long step, double gradientScale) =>
        UpdateMap.Run(UpdateOf(options, step, gradientScale), pieces);

    private static AdamUpdate UpdateOf(in AdamOptions options, long step, double gradientScale) => new(
        (float)gradientScale,
        (float)(options.DecoupledWeightDecay ? 0 : options.WeightDecay),
        (float)(options.DecoupledWeightDecay ? 1 - options.LearningRate * options.WeightDecay : 1),
        (float)(1 - options.Beta1),
        (float)options.Beta2,
        (float)(1 - options.Beta2),
        (float)(options.LearningRate / (1 - Math.Pow(options.Beta1, step))),
        (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step))),
        (float)options.Epsilon);
}

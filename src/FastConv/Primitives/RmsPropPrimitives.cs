using FastConv.Kernels.Updates;

namespace FastConv.Primitives;

/// <summary>
/// RMSProp (Hinton 2012; centred: Graves 2013): the gradient over the root of a running average of its squares.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
/// </summary>
public static unsafe class RmsPropPrimitives
{
    private const string Op = "RmsProp.Step";

    /// <summary>
    /// g = gradient + weightDecay * value; squareAverage = alpha * squareAverage + (1 - alpha) * g^2; the variance is that, or when centred
    /// that less the square of the gradients' own average, and never below 0; d = g / (sqrt(variance) + epsilon);
    /// velocity = momentum * velocity + d; value -= learningRate * velocity, or * d without momentum.
    /// </summary>
    /// <param name="value">The parameter.</param>
    /// <param name="gradient">Of the loss with respect to the value; the same length.</param>
    /// <param name="squareAverage">The state: zeros before the first step.</param>
    /// <param name="gradientAverage">The same; empty when not centred.</param>
    /// <param name="velocity">The same; empty when the momentum is 0.</param>
    /// <param name="options">Learning rate, alpha and the rest.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, or spans that overlap.</exception>
    public static void Step(
        Span<float> value,
        ReadOnlySpan<float> gradient,
        Span<float> squareAverage,
        Span<float> gradientAverage,
        Span<float> velocity,
        in RmsPropOptions options)
    {
        UpdateMap.RequireGradient(Op, value, gradient);
        UpdateMap.RequireState(Op, value, gradient, nameof(squareAverage), squareAverage);
        RequireOptional(nameof(gradientAverage), gradientAverage, options.Centered, value, gradient);
        RequireOptional(nameof(velocity), velocity, options.Momentum != 0, value, gradient);
        Require.NoOverlap(Op, nameof(squareAverage), squareAverage, nameof(gradientAverage), gradientAverage);
        Require.NoOverlap(Op, nameof(squareAverage), squareAverage, nameof(velocity), velocity);
        Require.NoOverlap(Op, nameof(gradientAverage), gradientAverage, nameof(velocity), velocity);
        fixed (float* pointerValue = value,
            pointerGradient = gradient,
            pointerSquares = squareAverage,
            pointerAverage = gradientAverage,
            pointerVelocity = velocity)
        {
            var run = new UpdateSlice { Value = pointerValue, Gradient = pointerGradient, State0 = pointerSquares, State1 = pointerAverage, State2 = pointerVelocity, Length = value.Length };
            UpdateMap.Run(UpdateOf(options, gradientScale: 1), run);
        }
    }

    /// <summary>The same for all pieces of an optimiser, with gradients times <paramref name="gradientScale"/>.</summary>
    internal static void Step(UpdatePieces pieces, in RmsPropOptions options, double gradientScale) =>
        UpdateMap.Run(UpdateOf(options, gradientScale), pieces);

    private static void RequireOptional(
        string name, ReadOnlySpan<float> state, bool isUsed, ReadOnlySpan<float> value, ReadOnlySpan<float> gradient)
    {
        if (isUsed)
        {
            UpdateMap.RequireState(Op, value, gradient, name, state);
        }
        else
        {
            Require.Length(Op, name, 0, state.Length);
        }
    }

    private static RmsPropUpdate UpdateOf(in RmsPropOptions options, double gradientScale) => new(
        (float)gradientScale,
        (float)options.LearningRate,
        (float)options.WeightDecay,
        (float)options.Alpha,
        (float)(1 - options.Alpha),
        (float)options.Epsilon,
        (float)options.Momentum);
}

using FastConv.Kernels.Updates;

namespace FastConv.Primitives;

/// <summary>
/// Stochastic gradient descent with optional momentum.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
/// </summary>
public static unsafe class SgdPrimitives
{
    private const string Op = "Sgd.Step";

    /// <summary>
    /// g = gradient + weightDecay * value; velocity = momentum * velocity + (1 - dampening) * g, in the first step without dampening;
    /// value -= learningRate * velocity. Without momentum g takes the place of the velocity, with Nesterov g + momentum * velocity.
    /// </summary>
    /// <param name="value">The parameter.</param>
    /// <param name="gradient">Of the loss with respect to the value; the same length.</param>
    /// <param name="velocity">The state: zeros before the first step; empty when the momentum is 0.</param>
    /// <param name="options">Learning rate, momentum and the rest.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, spans that overlap, Nesterov without momentum or with dampening, or a step below 1.</exception>
    public static void Step(Span<float> value, ReadOnlySpan<float> gradient, Span<float> velocity, in SgdOptions options, long step)
    {
        options.RequireConsistent();
        Hyperparameter.StepNumber(Op, step);
        UpdateMap.RequireGradient(Op, value, gradient);
        if (options.Momentum == 0)
        {
            Require.Length(Op, nameof(velocity), 0, velocity.Length);
        }
        else
        {
            UpdateMap.RequireState(Op, value, gradient, nameof(velocity), velocity);
        }

        fixed (float* pointerValue = value, pointerGradient = gradient, pointerVelocity = velocity)
        {
            var run = new UpdateSlice { Value = pointerValue, Gradient = pointerGradient, State0 = pointerVelocity, Length = value.Length };
            UpdateMap.Run(UpdateOf(options, step, gradientScale: 1), run);
        }
    }

    /// <summary>The same for all pieces of an optimiser, with gradients times <paramref name="gradientScale"/>.</summary>
    internal static void Step(UpdatePieces pieces, in SgdOptions options, long step, double gradientScale) =>
        UpdateMap.Run(UpdateOf(options, step, gradientScale), pieces);

    private static SgdUpdate UpdateOf(in SgdOptions options, long step, double gradientScale) => new(
        (float)gradientScale,
        (float)options.LearningRate,
        (float)options.WeightDecay,
        (float)options.Momentum,
        (float)(step == 1 ? 1 : 1 - options.Dampening),
        options.Nesterov);
}

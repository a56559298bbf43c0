using FastConv.Benchmarks.Steps;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Steps of optimisers over one array of parameters, with the defaults of PyTorch. The values lie in the result.</summary>
internal static class ScalarOptimizer
{
    // The same as the library's side of the comparison.
    private const float LearningRate = 0.1f;
    private const float Momentum = 0.9f;

    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Alpha = 0.99f;
    private const float Epsilon = 1e-8f;
    private const float AdaGradEpsilon = 1e-10f;
    private const float WeightDecay = 0.01f;

    /// <exception cref="ArgumentException">There is no loop for it.</exception>
    public static Action Bind(OpCase step, OpBuffers buffers)
    {
        (Tensor gradient, Tensor value) = (buffers.Inputs[1], buffers.Result);
        buffers.X.Values.CopyTo(value.Span);
        float[] average = new float[value.Length];
        float[] squares = new float[value.Length];
        int steps = 0;
        return step.Op switch
        {
            "Adam" => () => Adam(++steps, decay: 0, gradient.Values, average, squares, value.Span),
            "AdamW" => () => Adam(++steps, WeightDecay, gradient.Values, average, squares, value.Span),
            "SGD" => () => SgdMomentum(gradient.Values, average, value.Span),
            "RMSprop" => () => RmsProp(gradient.Values, squares, value.Span),
            "Adagrad" => () => AdaGrad(gradient.Values, squares, value.Span),
            _ => throw new ArgumentException($"there is no scalar loop for {step.Name}"),
        };
    }

    private static void Adam(int step, float decay, ReadOnlySpan<float> gradient, float[] average, float[] squares, Span<float> value)
    {
        float firstCorrection = 1 - MathF.Pow(Beta1, step);
        float secondCorrection = 1 - MathF.Pow(Beta2, step);
        for (int index = 0; index < value.Length; index++)
        {
            float g = gradient[index];
            average[index] = Beta1 * average[index] + (1 - Beta1) * g;
            squares[index] = Beta2 * squares[index] + (1 - Beta2) * g * g;
            float kept = value[index] * (1 - LearningRate * decay);
            value[index] = kept - LearningRate * (average[index] / firstCorrection) / (MathF.Sqrt(squares[index] / secondCorrection) + Epsilon);
        }
    }

    private static void SgdMomentum(ReadOnlySpan<float> gradient, float[] velocity, Span<float> value)
    {
        for (int index = 0; index < value.Length; index++)
        {
            velocity[index] = Momentum * velocity[index] + gradient[index];
            value[index] -= LearningRate * velocity[index];
        }
    }

    private static void RmsProp(ReadOnlySpan<float> gradient, float[] squares, Span<float> value)
    {
        for (int index = 0; index < value.Length; index++)
        {
            float g = gradient[index];
            squares[index] = Alpha * squares[index] + (1 - Alpha) * g * g;
            value[index] -= LearningRate * g / (MathF.Sqrt(squares[index]) + Epsilon);
        }
    }

    private static void AdaGrad(ReadOnlySpan<float> gradient, float[] squares, Span<float> value)
    {
        for (int index = 0; index < value.Length; index++)
        {
            float g = gradient[index];
            squares[index] += g * g;
            value[index] -= LearningRate * g / (MathF.Sqrt(squares[index]) + AdaGradEpsilon);
        }
    }
}

using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Losses and gradients, number by number.</summary>
internal static class ScalarLoss
{
    /// <exception cref="ArgumentException">There is no loop for it.</exception>
    public static Action Bind(OpCase step, OpBuffers buffers) => (step.Op, step.Pass) switch
    {
        ("cross_entropy", OpCase.Forward) => BindCrossEntropy(buffers),
        ("cross_entropy", _) => BindCrossEntropyGradient(buffers),
        ("bce_with_logits", OpCase.Forward) => () => buffers.Result.Span[0] = Bce(buffers.X.Values, buffers.Inputs[1].Values),
        ("bce_with_logits", _) => () => BceGradient(buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span),
        ("mse", OpCase.Forward) => () => buffers.Result.Span[0] = Mse(buffers.X.Values, buffers.Inputs[1].Values),
        ("mse", _) => () => MseGradient(buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span),
        _ => throw new ArgumentException($"there is no scalar loop for {step.Name}"),
    };

    private static Action BindCrossEntropy(OpBuffers buffers)
    {
        int[] labels = buffers.Labels(1);
        float[] probabilities = new float[buffers.X.Length];
        return () => buffers.Result.Span[0] = CrossEntropy(buffers.X.Values, labels, probabilities);
    }

    private static Action BindCrossEntropyGradient(OpBuffers buffers)
    {
        int[] labels = buffers.Labels(1);
        float[] probabilities = new float[buffers.X.Length];
        ScalarSoftmax.Forward(OpSize.Classes, buffers.X.Values, probabilities);
        return () => CrossEntropyGradient(probabilities, labels, buffers.Result.Span);
    }

    private static float CrossEntropy(ReadOnlySpan<float> logits, int[] labels, Span<float> probabilities)
    {
        ScalarSoftmax.Forward(OpSize.Classes, logits, probabilities);
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            sum -= Math.Log(probabilities[row * OpSize.Classes + labels[row]]);
        }

        return (float)(sum / labels.Length);
    }

    private static void CrossEntropyGradient(ReadOnlySpan<float> probabilities, int[] labels, Span<float> gradLogits)
    {
        int index = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            for (int column = 0; column < OpSize.Classes; column++, index++)
            {
                float expected = column == labels[row] ? 1 : 0;
                gradLogits[index] = (probabilities[index] - expected) / labels.Length;
            }
        }
    }

    private static float Bce(ReadOnlySpan<float> logits, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int index = 0; index < logits.Length; index++)
        {
            float x = logits[index];
            sum += MathF.Max(x, 0) - x * target[index] + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));
        }

        return (float)(sum / logits.Length);
    }

    private static void BceGradient(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, Span<float> gradLogits)
    {
        for (int index = 0; index < logits.Length; index++)
        {
            gradLogits[index] = (1 / (1 + MathF.Exp(-logits[index])) - target[index]) / logits.Length;
        }
    }

    private static float Mse(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int index = 0; index < prediction.Length; index++)
        {
            float difference = prediction[index] - target[index];
            sum += difference * difference;
        }

        return (float)(sum / prediction.Length);
    }

    private static void MseGradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction)
    {
        for (int index = 0; index < prediction.Length; index++)
        {
            gradPrediction[index] = 2 * (prediction[index] - target[index]) / prediction.Length;
        }
    }
}

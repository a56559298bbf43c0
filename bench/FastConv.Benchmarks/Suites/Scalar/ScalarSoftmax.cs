namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Softmax and its logarithm over rows, and their gradients.</summary>
internal static class ScalarSoftmax
{
    public static void Forward(int classes, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int start = 0; start < x.Length; start += classes)
        {
            float largest = Largest(x.Slice(start, classes));
            float sum = 0;
            for (int index = start; index < start + classes; index++)
            {
                y[index] = MathF.Exp(x[index] - largest);
                sum += y[index];
            }

            for (int index = start; index < start + classes; index++)
            {
                y[index] /= sum;
            }
        }
    }

    // dx = y * (dy - sum(dy * y)).
    public static void Backward(int classes, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        for (int start = 0; start < y.Length; start += classes)
        {
            float sum = 0;
            for (int index = start; index < start + classes; index++)
            {
                sum += gradOutput[index] * y[index];
            }

            for (int index = start; index < start + classes; index++)
            {
                gradInput[index] = y[index] * (gradOutput[index] - sum);
            }
        }
    }

    public static void LogForward(int classes, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int start = 0; start < x.Length; start += classes)
        {
            float largest = Largest(x.Slice(start, classes));
            float sum = 0;
            foreach (float value in x.Slice(start, classes))
            {
                sum += MathF.Exp(value - largest);
            }

            float logarithm = largest + MathF.Log(sum);
            for (int index = start; index < start + classes; index++)
            {
                y[index] = x[index] - logarithm;
            }
        }
    }

    // dx = dy - exp(y) * sum(dy).
    public static void LogBackward(int classes, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        for (int start = 0; start < y.Length; start += classes)
        {
            float sum = 0;
            foreach (float gradient in gradOutput.Slice(start, classes))
            {
                sum += gradient;
            }

            for (int index = start; index < start + classes; index++)
            {
                gradInput[index] = gradOutput[index] - MathF.Exp(y[index]) * sum;
            }
        }
    }

    private static float Largest(ReadOnlySpan<float> row)
    {
        float largest = row[0];
        foreach (float value in row)
        {
            largest = MathF.Max(largest, value);
        }

        return largest;
    }
}

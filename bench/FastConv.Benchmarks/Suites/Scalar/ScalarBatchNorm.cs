using FastConv.Benchmarks.Steps;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Batch normalisation in training with weight 1 and bias 0, channel by channel.</summary>
internal static class ScalarBatchNorm
{
    private const double Epsilon = 1e-5;

    public static Action Bind(OpCase step, OpBuffers buffers)
    {
        TensorShape images = buffers.X.Shape;
        var channels = new Channels(images[0], images[1], images[2] * images[3]);
        float[] mean = new float[images[1]];
        float[] inverseStd = new float[images[1]];
        if (step.Pass == OpCase.Forward)
        {
            return () =>
            {
                Moments(channels, buffers.X.Values, mean, inverseStd);
                Normalize(channels, buffers.X.Values, mean, inverseStd, buffers.Result.Span);
            };
        }

        Moments(channels, buffers.X.Values, mean, inverseStd);
        return () => Gradients(channels, buffers.X.Values, buffers.GradOutput.Values, mean, inverseStd, buffers.Result.Span);
    }

    private static void Moments(Channels channels, ReadOnlySpan<float> x, float[] mean, float[] inverseStd)
    {
        for (int c = 0; c < channels.Count; c++)
        {
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < channels.Batch; n++)
            {
                foreach (float value in x.Slice(channels.Start(n, c), channels.Plane))
                {
                    sum += value;
                    squares += (double)value * value;
                }
            }

            double average = sum / channels.Length;
            mean[c] = (float)average;
            inverseStd[c] = (float)(1 / Math.Sqrt(squares / channels.Length - average * average + Epsilon));
        }
    }

    private static void Normalize(Channels channels, ReadOnlySpan<float> x, float[] mean, float[] inverseStd, Span<float> y)
    {
        for (int n = 0; n < channels.Batch; n++)
        {
            for (int c = 0; c < channels.Count; c++)
            {
                int start = channels.Start(n, c);
                for (int index = start; index < start + channels.Plane; index++)
                {
                    y[index] = (x[index] - mean[c]) * inverseStd[c];
                }
            }
        }
    }

    // dx = inverseStd * (dy - mean(dy) - xhat * mean(dy * xhat)), xhat = (x - mean) * inverseStd.
    private static void Gradients(
        Channels channels, ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, float[] mean, float[] inverseStd, Span<float> gradInput)
    {
        for (int c = 0; c < channels.Count; c++)
        {
            double sum = 0;
            double products = 0;
            for (int n = 0; n < channels.Batch; n++)
            {
                int start = channels.Start(n, c);
                for (int index = start; index < start + channels.Plane; index++)
                {
                    sum += gradOutput[index];
                    products += gradOutput[index] * ((x[index] - mean[c]) * inverseStd[c]);
                }
            }

            float meanGradient = (float)(sum / channels.Length);
            float meanProduct = (float)(products / channels.Length);
            for (int n = 0; n < channels.Batch; n++)
            {
                int start = channels.Start(n, c);
                for (int index = start; index < start + channels.Plane; index++)
                {
                    float normalized = (x[index] - mean[c]) * inverseStd[c];
                    gradInput[index] = inverseStd[c] * (gradOutput[index] - meanGradient - normalized * meanProduct);
                }
            }
        }
    }

    private readonly record struct Channels(int Batch, int Count, int Plane)
    {
        public int Length => Batch * Plane;

        public int Start(int n, int c) => (n * Count + c) * Plane;
    }
}

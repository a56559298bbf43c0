using FastConv.Benchmarks.Steps;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Pooling, window by window.</summary>
internal static class ScalarPool
{
    public static Action Bind(OpCase step, OpBuffers buffers)
    {
        bool isForward = step.Pass == OpCase.Forward;
        TensorShape images = buffers.X.Shape;
        TensorShape output = isForward ? step.Result : buffers.GradOutput.Shape;
        if (step.Op == "global_avg_pool")
        {
            int plane = images[2] * images[3];
            return isForward
                ? () => Means(plane, buffers.X.Values, buffers.Result.Span)
                : () => Spread(plane, buffers.GradOutput.Values, buffers.Result.Span);
        }

        PoolWindows windows = PoolWindows.Of(step, images, output);
        if (step.Op == "avg_pool")
        {
            return isForward
                ? () => Averages(windows, buffers.X.Values, buffers.Result.Span)
                : () => AverageGradients(windows, buffers.GradOutput.Values, buffers.Result.Span);
        }

        int[] argmax = new int[output.Length];
        if (isForward)
        {
            return () => Maxima(windows, buffers.X.Values, buffers.Result.Span, argmax);
        }

        Maxima(windows, buffers.X.Values, new Tensor(output).Span, argmax);
        return () => MaximumGradients(buffers.GradOutput.Values, argmax, buffers.Result.Span);
    }

    // The first of the largest has the place.
    private static void Maxima(in PoolWindows windows, ReadOnlySpan<float> x, Span<float> y, int[] argmax)
    {
        int index = 0;
        for (int plane = 0; plane < windows.Planes; plane++)
        {
            for (int oh = 0; oh < windows.OutHeight; oh++)
            {
                (int top, int bottom) = windows.Under(oh, windows.Height);
                for (int ow = 0; ow < windows.OutWidth; ow++, index++)
                {
                    (int left, int right) = windows.Under(ow, windows.Width);
                    float largest = float.NegativeInfinity;
                    for (int ih = top; ih < bottom; ih++)
                    {
                        for (int iw = left; iw < right; iw++)
                        {
                            int place = (plane * windows.Height + ih) * windows.Width + iw;
                            if (x[place] > largest)
                            {
                                (largest, argmax[index]) = (x[place], place);
                            }
                        }
                    }

                    y[index] = largest;
                }
            }
        }
    }

    private static void MaximumGradients(ReadOnlySpan<float> gradOutput, int[] argmax, Span<float> gradInput)
    {
        gradInput.Clear();
        for (int index = 0; index < gradOutput.Length; index++)
        {
            gradInput[argmax[index]] += gradOutput[index];
        }
    }

    // Windows without padding: each counts all of its pixels.
    private static void Averages(in PoolWindows windows, ReadOnlySpan<float> x, Span<float> y)
    {
        int index = 0;
        for (int plane = 0; plane < windows.Planes; plane++)
        {
            for (int oh = 0; oh < windows.OutHeight; oh++)
            {
                for (int ow = 0; ow < windows.OutWidth; ow++)
                {
                    float sum = 0;
                    for (int kh = 0; kh < windows.Window; kh++)
                    {
                        for (int kw = 0; kw < windows.Window; kw++)
                        {
                            sum += x[(plane * windows.Height + oh * windows.Stride + kh) * windows.Width + ow * windows.Stride + kw];
                        }
                    }

                    y[index++] = sum / (windows.Window * windows.Window);
                }
            }
        }
    }

    private static void AverageGradients(in PoolWindows windows, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        gradInput.Clear();
        int index = 0;
        for (int plane = 0; plane < windows.Planes; plane++)
        {
            for (int oh = 0; oh < windows.OutHeight; oh++)
            {
                for (int ow = 0; ow < windows.OutWidth; ow++)
                {
                    float share = gradOutput[index++] / (windows.Window * windows.Window);
                    for (int kh = 0; kh < windows.Window; kh++)
                    {
                        for (int kw = 0; kw < windows.Window; kw++)
                        {
                            gradInput[(plane * windows.Height + oh * windows.Stride + kh) * windows.Width + ow * windows.Stride + kw] += share;
                        }
                    }
                }
            }
        }
    }

    private static void Means(int plane, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int index = 0; index < y.Length; index++)
        {
            float sum = 0;
            foreach (float value in x.Slice(index * plane, plane))
            {
                sum += value;
            }

            y[index] = sum / plane;
        }
    }

    private static void Spread(int plane, ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        for (int index = 0; index < gradInput.Length; index++)
        {
            gradInput[index] = gradOutput[index / plane] / plane;
        }
    }
}

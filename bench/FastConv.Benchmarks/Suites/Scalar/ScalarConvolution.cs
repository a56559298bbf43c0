using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>The three passes of a convolution in seven loops, as the definition has them.</summary>
internal static class ScalarConvolution
{
    /// <summary>One multiply-add of the definition, as places in the input, the weights and the output.</summary>
    private interface ITerm
    {
        static abstract void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result, int input, int weight, int output);
    }

    public static void Forward(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, Span<float> output) =>
        Sum<ForwardTerm>(shape, input, weight, output);

    public static void BackwardInput(Conv2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, Span<float> gradInput) =>
        Sum<InputTerm>(shape, gradOutput, weight, gradInput);

    public static void BackwardWeight(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> gradOutput, Span<float> gradWeight) =>
        Sum<WeightTerm>(shape, input, gradOutput, gradWeight);

    private static void Sum<TTerm>(Conv2dShape shape, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
        where TTerm : struct, ITerm
    {
        result.Clear();
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        (int channels, int filters) = (shape.GroupInChannels, shape.GroupOutChannels);
        for (int n = 0; n < shape.Batch; n++)
        {
            for (int oc = 0; oc < shape.OutChannels; oc++)
            {
                int firstChannel = n * shape.InChannels + oc / filters * channels;
                for (int oh = 0; oh < vertical.Output; oh++)
                {
                    for (int ow = 0; ow < horizontal.Output; ow++)
                    {
                        int output = ((n * shape.OutChannels + oc) * vertical.Output + oh) * horizontal.Output + ow;
                        for (int ic = 0; ic < channels; ic++)
                        {
                            for (int kh = 0; kh < vertical.Window; kh++)
                            {
                                int ih = oh * vertical.Stride - vertical.PaddingBefore + kh * vertical.Dilation;
                                if ((uint)ih >= (uint)vertical.Input)
                                {
                                    continue;
                                }

                                for (int kw = 0; kw < horizontal.Window; kw++)
                                {
                                    int iw = ow * horizontal.Stride - horizontal.PaddingBefore + kw * horizontal.Dilation;
                                    if ((uint)iw < (uint)horizontal.Input)
                                    {
                                        int input = ((firstChannel + ic) * vertical.Input + ih) * horizontal.Input + iw;
                                        int weight = ((oc * channels + ic) * vertical.Window + kh) * horizontal.Window + kw;
                                        TTerm.Add(first, second, result, input, weight, output);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private readonly struct ForwardTerm : ITerm
    {
        public static void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result, int input, int weight, int output) =>
            result[output] += first[input] * second[weight];
    }

    private readonly struct InputTerm : ITerm
    {
        public static void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result, int input, int weight, int output) =>
            result[input] += first[output] * second[weight];
    }

    private readonly struct WeightTerm : ITerm
    {
        public static void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result, int input, int weight, int output) =>
            result[weight] += first[input] * second[output];
    }
}

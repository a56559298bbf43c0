using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>What Winograd's algorithms promise about rounding. That they compute convolutions is tested with all other algorithms.</summary>
public sealed class WinogradConvolutionTests
{
    /// <summary>Taps along an axis, channels, and whether the input is as behind a ReLU.</summary>
    public static TheoryData<int, int, bool> Inputs => new()
    {
        { 3, 16, false }, { 3, 16, true }, { 3, 64, false }, { 3, 64, true }, { 3, 200, true }, { 3, 512, false }, { 3, 1024, true },
        { 5, 16, false }, { 5, 16, true }, { 5, 64, true }, { 5, 200, false }, { 5, 1024, true },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Rounding_is_bounded_by_that_of_a_plain_sum(int taps, int channels, bool isRectified)
    {
        Conv2dShape shape = Conv2dShape.Create(1, channels, 17, 19, 8, taps, padding: taps / 2);
        float[] input = Normal(1, shape.InputShape.Length, isRectified);
        float[] weight = Normal(2, shape.WeightShape.Length, isRectified: false);
        double[] expected = Conv2dReference.Forward(shape, TestTensors.ToDouble(input), TestTensors.ToDouble(weight), null);
        double plain = ErrorBound.RootMeanSquareError(expected, PlainForward(shape, input, weight));
        var output = new float[shape.OutputShape.Length];
        foreach ((ConvolutionAlgorithm algorithm, double factor) in Factors(taps))
        {
            Conv2dPrimitives.Forward(shape, input, weight, [], output, new() { Algorithm = algorithm });
            Assert.InRange(ErrorBound.RootMeanSquareError(expected, output) / plain, 0, factor);
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Rounding_of_gradients_is_bounded_by_that_of_a_plain_sum(int taps, int channels, bool isRectified)
    {
        Conv2dShape shape = Conv2dShape.Create(1, 8, 17, 19, channels, taps, padding: taps / 2);
        float[] gradOutput = Normal(1, shape.OutputShape.Length, isRectified);
        float[] weight = Normal(2, shape.WeightShape.Length, isRectified: false);
        double[] expected = Conv2dReference.BackwardInput(shape, TestTensors.ToDouble(gradOutput), TestTensors.ToDouble(weight));
        var direct = new float[shape.InputShape.Length];
        Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, direct, new() { Algorithm = ConvolutionAlgorithm.ImplicitGemm });
        double plain = ErrorBound.RootMeanSquareError(expected, direct);
        foreach ((ConvolutionAlgorithm algorithm, double factor) in Factors(taps))
        {
            Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, direct, new() { Algorithm = algorithm });
            Assert.InRange(ErrorBound.RootMeanSquareError(expected, direct) / plain, 0, factor);
        }
    }

    [Theory]
    [InlineData(3, 12, 12)]
    [InlineData(3, 33, 29)]
    [InlineData(5, 12, 12)]
    [InlineData(5, 33, 29)]
    public void Rounding_of_weight_gradients_is_bounded_by_that_of_a_plain_sum(int taps, int height, int width)
    {
        Conv2dShape shape = Conv2dShape.Create(8, 16, height, width, 17, taps, padding: taps / 2);
        float[] input = Normal(1, shape.InputShape.Length, isRectified: true);
        float[] gradOutput = Normal(2, shape.OutputShape.Length, isRectified: false);
        double[] expected = Conv2dReference.BackwardWeight(shape, TestTensors.ToDouble(input), TestTensors.ToDouble(gradOutput));
        double plain = ErrorBound.RootMeanSquareError(expected, PlainBackwardWeight(shape, input, gradOutput));
        foreach ((ConvolutionAlgorithm algorithm, double factor) in Factors(taps))
        {
            var gradWeight = new float[shape.WeightShape.Length];
            Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, [], new() { Algorithm = algorithm });
            Assert.InRange(ErrorBound.RootMeanSquareError(expected, gradWeight) / plain, 0, factor);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Small_integers_are_exact_in_tiles_of_two(int padding)
    {
        Conv2dShape shape = Conv2dShape.Create(2, 19, 7, 5, 34, 3, padding: padding);
        float[] input = Integers(1, shape.InputShape.Length);
        float[] weight = Integers(2, shape.WeightShape.Length);
        float[] gradOutput = Integers(3, shape.OutputShape.Length);
        ConvolutionOptions options = new() { Algorithm = ConvolutionAlgorithm.Winograd2x2 };
        var output = new float[shape.OutputShape.Length];
        Conv2dPrimitives.Forward(shape, input, weight, [], output, options);
        Assert.Equal(Conv2dReference.Forward(shape, TestTensors.ToDouble(input), TestTensors.ToDouble(weight), null), TestTensors.ToDouble(output));
        var gradInput = new float[input.Length];
        Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, gradInput, options);
        Assert.Equal(Conv2dReference.BackwardInput(shape, TestTensors.ToDouble(gradOutput), TestTensors.ToDouble(weight)), TestTensors.ToDouble(gradInput));
        var gradWeight = new float[weight.Length];
        Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, [], options);
        Assert.Equal(Conv2dReference.BackwardWeight(shape, TestTensors.ToDouble(input), TestTensors.ToDouble(gradOutput)), TestTensors.ToDouble(gradWeight));
    }

    /// <summary>Images and gradients that are 0 but in every third column meet in the middle taps only.</summary>
    [Fact]
    public void Weights_whose_products_are_all_zero_have_gradients_of_no_more_than_rounding()
    {
        const int Taps = 3;
        const int Width = 21;
        Conv2dShape shape = Conv2dShape.Create(4, 16, 18, Width, 16, Taps, padding: 1);
        float[] input = EveryThirdColumn(1, shape.InputShape.Length, Width);
        float[] gradOutput = EveryThirdColumn(2, shape.OutputShape.Length, Width);
        foreach (ConvolutionAlgorithm algorithm in (ReadOnlySpan<ConvolutionAlgorithm>)[ConvolutionAlgorithm.ImplicitGemm, ConvolutionAlgorithm.Winograd2x2, ConvolutionAlgorithm.Winograd4x4])
        {
            var gradWeight = new float[shape.WeightShape.Length];
            Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, [], new() { Algorithm = algorithm });
            float largest = gradWeight.Max(Math.Abs);
            float noise = gradWeight.Where((_, i) => i % Taps != 1).Max(Math.Abs);
            Assert.InRange(noise / largest, 0, algorithm == ConvolutionAlgorithm.ImplicitGemm ? 0 : 1e-6f);
        }
    }

    /// <summary>With few tiles the filters go to points piece by piece the first time they are used, and are kept from the second time on.</summary>
    [Theory]
    [InlineData(1, 131, 131)]
    [InlineData(2, 96, 200)]
    [InlineData(1, 300, 64)]
    public void Few_tiles_have_the_same_bits_with_filters_that_are_kept_or_not(int batch, int inChannels, int outChannels)
    {
        Conv2dShape shape = Conv2dShape.Create(batch, inChannels, 11, 14, outChannels, 3, padding: 1);
        float[] input = TestTensors.Random(1, shape.InputShape.Length);
        float[] weight = TestTensors.Random(2, shape.WeightShape.Length);
        float[] bias = TestTensors.Random(3, outChannels);
        float[] gradOutput = TestTensors.Random(4, shape.OutputShape.Length);
        var kept = new PackedFilters();
        float[][] outputs = new float[3][];
        float[][] gradients = new float[3][];
        for (int call = 0; call < outputs.Length; call++)
        {
            var options = new ConvolutionOptions { Algorithm = ConvolutionAlgorithm.Winograd4x4, Activation = Activation.ReLU, MaxThreads = call + 1 };
            outputs[call] = new float[shape.OutputShape.Length];
            Conv2dPrimitives.Forward(shape, input, weight, bias, outputs[call], options, new FilterVersion(kept, 1));
            gradients[call] = new float[shape.InputShape.Length];
            Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, gradients[call], options, new FilterVersion(kept, 1));
            TestTensors.AssertSameBits(outputs[0], outputs[call], $"call {call}, forward");
            TestTensors.AssertSameBits(gradients[0], gradients[call], $"call {call}, backward to the input");
        }

        double[] x = TestTensors.ToDouble(input);
        double[] w = TestTensors.ToDouble(weight);
        double[] expected = Conv2dReference.Forward(shape, x, w, TestTensors.ToDouble(bias));
        double[] magnitude = Conv2dReference.Forward(shape, ErrorBound.Absolute(x), ErrorBound.Absolute(w), ErrorBound.Absolute(TestTensors.ToDouble(bias)));
        ErrorBound.AssertWithinTiles(Array.ConvertAll(expected, value => Math.Max(value, 0)), magnitude, shape.PatchLength + 1, outputs[0], "forward");
        double[] g = TestTensors.ToDouble(gradOutput);
        expected = Conv2dReference.BackwardInput(shape, g, w);
        magnitude = Conv2dReference.BackwardInput(shape, ErrorBound.Absolute(g), ErrorBound.Absolute(w));
        ErrorBound.AssertWithinTiles(expected, magnitude, 9 * outChannels, gradients[0], "backward to the input");
    }

    private static float[] EveryThirdColumn(int seed, int length, int width) =>
        [.. TestTensors.Random(seed, length).Select((value, i) => i % width % 3 == 0 ? value : 0)];

    // Without FMA the transforms round every product.
    private static (ConvolutionAlgorithm Algorithm, double Factor)[] Factors(int taps) => (taps, SimdDispatch.HasFusedMultiplyAdd) switch
    {
        (3, true) => [(ConvolutionAlgorithm.Winograd4x4, 2.7), (ConvolutionAlgorithm.Winograd2x2, 1.0)],
        (3, false) => [(ConvolutionAlgorithm.Winograd4x4, 3.2), (ConvolutionAlgorithm.Winograd2x2, 1.4)],
        (_, true) => [(ConvolutionAlgorithm.Winograd5x5, 2.7)],
        _ => [(ConvolutionAlgorithm.Winograd5x5, 3.2)],
    };

    // Sums of three uniform numbers: near enough to normal, and the same on every machine.
    private static float[] Normal(long seed, int length, bool isRectified)
    {
        float[] values = TestTensors.Random(seed, length);
        foreach (float[] more in (float[][])[TestTensors.Random(seed + 100, length), TestTensors.Random(seed + 200, length)])
        {
            for (int i = 0; i < length; i++)
            {
                values[i] += more[i];
            }
        }

        return isRectified ? Array.ConvertAll(values, value => Math.Max(value, 0)) : values;
    }

    private static float[] Integers(long seed, int length) => Array.ConvertAll(TestTensors.Random(seed, length), value => MathF.Round(value * 4));

    // One float accumulator over ascending k, products rounded.
    private static float[] PlainForward(Conv2dShape shape, float[] input, float[] weight)
    {
        int taps = shape.Horizontal.Window;
        var output = new float[shape.OutputShape.Length];
        for (int index = 0; index < output.Length; index++)
        {
            (int oc, int pixel) = Math.DivRem(index % (shape.OutChannels * shape.OutputPlane), shape.OutputPlane);
            (int oh, int ow) = Math.DivRem(pixel, shape.Horizontal.Output);
            float sum = 0;
            for (int k = 0; k < shape.PatchLength; k++)
            {
                int ih = shape.Vertical.InputOf(oh, k / taps % taps);
                int iw = shape.Horizontal.InputOf(ow, k % taps);
                if ((uint)ih < (uint)shape.Vertical.Input && (uint)iw < (uint)shape.Horizontal.Input)
                {
                    sum += input[(k / (taps * taps) * shape.Vertical.Input + ih) * shape.Horizontal.Input + iw] * weight[oc * shape.PatchLength + k];
                }
            }

            output[index] = sum;
        }

        return output;
    }

    private static float[] PlainBackwardWeight(Conv2dShape shape, float[] input, float[] gradOutput)
    {
        int taps = shape.Horizontal.Window;
        var gradWeight = new float[shape.WeightShape.Length];
        for (int index = 0; index < gradWeight.Length; index++)
        {
            (int oc, int k) = Math.DivRem(index, shape.PatchLength);
            float sum = 0;
            for (int pixel = 0; pixel < shape.Batch * shape.OutputPlane; pixel++)
            {
                (int image, int place) = Math.DivRem(pixel, shape.OutputPlane);
                (int oh, int ow) = Math.DivRem(place, shape.Horizontal.Output);
                int ih = shape.Vertical.InputOf(oh, k / taps % taps);
                int iw = shape.Horizontal.InputOf(ow, k % taps);
                if ((uint)ih < (uint)shape.Vertical.Input && (uint)iw < (uint)shape.Horizontal.Input)
                {
                    sum += input[((image * shape.InChannels + k / (taps * taps)) * shape.Vertical.Input + ih) * shape.Horizontal.Input + iw]
                        * gradOutput[(image * shape.OutChannels + oc) * shape.OutputPlane + place];
                }
            }

            gradWeight[index] = sum;
        }

        return gradWeight;
    }
}

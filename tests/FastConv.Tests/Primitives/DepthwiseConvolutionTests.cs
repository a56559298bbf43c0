using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>
/// Depthwise convolution over shapes of its own: every kernel, stride, dilation and multiplier, planes from one pixel to several bands. That
/// it does the shapes of all algorithms is <see cref="Conv2dPrimitivesTests"/>.
/// </summary>
public sealed class DepthwiseConvolutionTests
{
    private const int RandomCases = 120;

    private static readonly ConvolutionOptions Depthwise = new() { Algorithm = ConvolutionAlgorithm.Depthwise };

    private static readonly Dictionary<string, Conv2dShape> ByName = Named().Concat(Random()).ToDictionary(named => named.Name, named => named.Shape);

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_IsTheDefinition(string name)
    {
        var test = new ConvCase(name, ByName[name]);
        double[] image = TestTensors.ToDouble(test.Input);
        double[] filters = TestTensors.ToDouble(test.Weight);
        double[] expected = Conv2dReference.Forward(test.Shape, image, filters, TestTensors.ToDouble(test.Bias));
        double[] magnitude = Conv2dReference.Forward(
            test.Shape, ErrorBound.Absolute(image), ErrorBound.Absolute(filters), ErrorBound.Absolute(TestTensors.ToDouble(test.Bias)));
        var (input, weight, bias) = (new GuardedValues(test.Input), new GuardedValues(test.Weight), new GuardedValues(test.Bias));
        GuardedValues output = GuardedValues.Unwritten(expected.Length);
        Conv2dPrimitives.Forward(test.Shape, input.Span, weight.Span, bias.Span, output.Span, Depthwise);

        output.AssertGuardsUntouched();
        ErrorBound.AssertWithin(expected, magnitude, test.ForwardTerms, output.Span, test.ToString());

        float[] clamped = Array.ConvertAll(output.Span.ToArray(), value => MathF.Max(value, 0));
        Conv2dPrimitives.Forward(test.Shape, input.Span, weight.Span, bias.Span, output.Span, Depthwise with { Activation = Activation.ReLU });
        TestTensors.AssertSameBits(clamped, output.Span, $"ReLU, {test}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardInput_IsTheGradientAndOverwrites(string name)
    {
        var test = new ConvCase(name, ByName[name]);
        double[] gradient = TestTensors.ToDouble(test.GradOutput);
        double[] filters = TestTensors.ToDouble(test.Weight);
        double[] expected = Conv2dReference.BackwardInput(test.Shape, gradient, filters);
        double[] magnitude = Conv2dReference.BackwardInput(test.Shape, ErrorBound.Absolute(gradient), ErrorBound.Absolute(filters));
        var (gradOutput, weight) = (new GuardedValues(test.GradOutput), new GuardedValues(test.Weight));
        GuardedValues gradInput = GuardedValues.Unwritten(expected.Length);
        Conv2dPrimitives.BackwardInput(test.Shape, gradOutput.Span, weight.Span, gradInput.Span, Depthwise);

        gradInput.AssertGuardsUntouched();
        ErrorBound.AssertWithin(expected, magnitude, test.BackwardInputTerms, gradInput.Span, test.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardWeight_AddsTheGradient(string name)
    {
        var test = new ConvCase(name, ByName[name]);
        double[] image = TestTensors.ToDouble(test.Input);
        double[] gradient = TestTensors.ToDouble(test.GradOutput);
        double[] expected = Conv2dReference.BackwardWeight(test.Shape, image, gradient);
        double[] magnitude = Conv2dReference.BackwardWeight(test.Shape, ErrorBound.Absolute(image), ErrorBound.Absolute(gradient));
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += test.Weight[i];
            magnitude[i] += Math.Abs(test.Weight[i]);
        }

        var (input, gradOutput, gradWeight) = (new GuardedValues(test.Input), new GuardedValues(test.GradOutput), new GuardedValues(test.Weight));
        Conv2dPrimitives.BackwardWeight(test.Shape, input.Span, gradOutput.Span, gradWeight.Span, [], Depthwise);

        gradWeight.AssertGuardsUntouched();
        ErrorBound.AssertWithin(expected, magnitude, test.BackwardWeightTerms, gradWeight.Span, test.ToString());
    }

    [Fact]
    public void FiltersOfSeveralChannels_AreRefused()
    {
        Conv2dShape shape = Conv2dShape.Create(1, 4, 3, 3, 4, 3, groups: 2);
        float[] output = TestTensors.NaNs(4);
        var error = Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(shape, new float[36], new float[72], [], output, Depthwise));

        Assert.StartsWith("Conv2d.Forward: the algorithm Depthwise cannot do", error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
    }

    // Almost all of its padded rows would be padding: another algorithm does it.
    [Fact]
    public void StrideBeyondReason_IsLeftToOthers()
    {
        Conv2dShape shape = Conv2dShape.Create(1, 1, 1, 1, 1, 1, stride: 40, padding: 40);
        var output = new float[shape.OutputShape.Length];
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(shape, [2], [3], [], output, Depthwise));
        Conv2dPrimitives.Forward(shape, [2], [3], [], output);

        Assert.Equal([0, 0, 0, 0, 6, 0, 0, 0, 0], output);
    }

    private static IEnumerable<(string Name, Conv2dShape Shape)> Named()
    {
        yield return ("several bands", Conv2dShape.Create(2, 2, 112, 112, 2, 3, padding: 1, groups: 2));
        yield return ("several bands, stride 2", Conv2dShape.Create(1, 2, 111, 112, 2, 3, stride: 2, padding: 1, groups: 2));
        yield return ("several bands, 5x5 stride 2", Conv2dShape.Create(1, 2, 80, 70, 4, 5, stride: 2, padding: Padding.Same, groups: 2));
        yield return ("one channel to 32", Conv2dShape.Create(2, 1, 28, 28, 32, 3, padding: 1));
        yield return ("a tall plane of one column", Conv2dShape.Create(2, 3, 300, 1, 3, (3, 1), padding: Padding.Sides(1, 1, 0, 0), groups: 3));
        foreach (int side in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 14, 16, 17, 28, 33])
        {
            foreach (int stride in (int[])[1, 2])
            {
                yield return ($"3x3 on {side} stride {stride}", Conv2dShape.Create(2, 3, side, side, 3, 3, stride, padding: 1, groups: 3));
                yield return ($"3x3 on {side} stride {stride} same", Conv2dShape.Create(1, 2, side, side + 1, 4, 3, stride, Padding.Same, groups: 2));
            }
        }
    }

    private static IEnumerable<(string Name, Conv2dShape Shape)> Random()
    {
        var random = new RandomSource(seed: 31);
        for (int number = 1; number <= RandomCases; number++)
        {
            yield return ($"random {number}", RandomShape(random));
        }
    }

    private static Conv2dShape RandomShape(RandomSource random)
    {
        int channels = 1 + random.NextInt(4);
        Size2d kernel = random.NextInt(3) == 0 ? 3 : (1 + random.NextInt(7), 1 + random.NextInt(7));
        Size2d dilation = random.NextInt(2) == 0 ? 1 : (1 + random.NextInt(3), 1 + random.NextInt(3));
        int Side(int window, int spread, int padded) => Math.Max(Math.Max(1, (window - 1) * spread + 1 - padded), 1 + random.NextInt(40));
        var padding = Padding.Sides(random.NextInt(5), random.NextInt(5), random.NextInt(5), random.NextInt(5));
        return Conv2dShape.Create(
            batch: 1 + random.NextInt(3),
            inChannels: channels,
            height: Side(kernel.Height, dilation.Height, padding.Top + padding.Bottom),
            width: Side(kernel.Width, dilation.Width, padding.Left + padding.Right),
            outChannels: channels * (1 + random.NextInt(3)),
            kernel,
            (1 + random.NextInt(3), 1 + random.NextInt(3)),
            random.NextInt(4) == 0 ? Padding.Same : padding,
            dilation,
            channels);
    }
}

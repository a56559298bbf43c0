using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

/// <summary>The sweep over channels, kernel, stride, padding, dilation and groups, and the corners of shapes: all passes by every algorithm, and by the layer.</summary>
public sealed class ConvolutionGoldenTests
{
    private const string Topic = "convolution";

    private static readonly ConvolutionAlgorithm[] DoEverything =
        [ConvolutionAlgorithm.Auto, ConvolutionAlgorithm.Im2ColGemm, ConvolutionAlgorithm.ImplicitGemm, ConvolutionAlgorithm.Direct];

    [Theory]
    [GoldenData(Topic)]
    public void Every_algorithm_agrees(string name)
    {
        var golden = new GoldenCase(Topic, name);
        ConvCase test = Case(golden);
        ConvolutionBound bound = Bound(golden, test);
        Conv2dShape shape = test.Shape;
        foreach (ConvolutionAlgorithm algorithm in Enum.GetValues<ConvolutionAlgorithm>())
        {
            string context = $"{algorithm}";
            var options = new ConvolutionOptions { Algorithm = algorithm, Precision = ConvolutionPrecision.Default };
            if (CanDo(shape, ConvolutionPass.Forward, options))
            {
                float[] output = TestTensors.NaNs(shape.OutputShape.Length);
                Conv2dPrimitives.Forward(shape, test.Input, test.Weight, test.Bias, output, options);
                bound.AssertOutput(output, context, options);
            }

            if (CanDo(shape, ConvolutionPass.BackwardInput, options))
            {
                float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
                Conv2dPrimitives.BackwardInput(shape, test.GradOutput, test.Weight, gradInput, options);
                bound.AssertGradInput(gradInput, context, options);
            }

            if (CanDo(shape, ConvolutionPass.BackwardWeight, options))
            {
                var gradWeight = new float[shape.WeightShape.Length];
                var gradBias = new float[shape.OutChannels];
                Conv2dPrimitives.BackwardWeight(shape, test.Input, test.GradOutput, gradWeight, gradBias, options);
                bound.AssertGradWeight(gradWeight, context, options);
                bound.AssertGradBias(gradBias, context);
            }
        }
    }

    [Theory]
    [GoldenData(Topic)]
    public void The_layer_agrees(string name)
    {
        var golden = new GoldenCase(Topic, name);
        ConvCase test = Case(golden);
        GoldenArguments arguments = golden.Arguments;
        int[] channels = arguments.Ints("channels");
        var layer = new Conv2d(
            channels[0], channels[1], arguments.Pair("kernel"), arguments.Pair("stride"), PaddingOf(arguments), arguments.Pair("dilation"), arguments.Int("groups"));
        test.Weight.CopyTo(layer.Weight.Value.Span);
        test.Bias.CopyTo(layer.Bias!.Value.Span);
        Tensor output = layer.Forward(Tensor.From(test.Input, test.Shape.InputShape.Dimensions));
        Tensor gradInput = layer.Backward(Tensor.From(test.GradOutput, test.Shape.OutputShape.Dimensions))!;

        const string Context = "the layer";
        ConvolutionBound bound = Bound(golden, test);
        bound.AssertOutput(output.Values, Context, ConvolutionOptions.Default);
        bound.AssertGradInput(gradInput.Values, Context, ConvolutionOptions.Default);
        bound.AssertGradWeight(layer.Weight.Gradient.Values, Context, ConvolutionOptions.Default);
        bound.AssertGradBias(layer.Bias.Gradient.Values, Context);
    }

    private static bool CanDo(Conv2dShape shape, ConvolutionPass pass, ConvolutionOptions options)
    {
        try
        {
            ConvolutionPlan.Choose(nameof(CanDo), shape, pass, options);
            return true;
        }
        catch (ArgumentException)
        {
            Assert.DoesNotContain(options.Algorithm, DoEverything);
            return false;
        }
    }

    private static ConvolutionBound Bound(GoldenCase golden, ConvCase test) => new(test, golden, isExact: !golden.Arguments.Has("bits"));

    private static ConvCase Case(GoldenCase golden)
    {
        GoldenArguments arguments = golden.Arguments;
        int[] channels = arguments.Ints("channels");
        (int height, int width) = arguments.Pair("image");
        Conv2dShape shape = Conv2dShape.Create(
            arguments.Int("batch"),
            channels[0],
            height,
            width,
            channels[1],
            arguments.Pair("kernel"),
            arguments.Pair("stride"),
            PaddingOf(arguments),
            arguments.Pair("dilation"),
            arguments.Int("groups"));
        int bits = arguments.Int("bits", 9);
        return new ConvCase(
            golden.Name,
            shape,
            golden.DrawWithPlaces("input", shape.InputShape.Length, bits),
            golden.Draw("weight", shape.WeightShape.Length, bits),
            golden.Draw("bias", shape.OutChannels, bits),
            golden.Draw("gradOutput", shape.OutputShape.Length, bits));
    }

    private static Padding PaddingOf(GoldenArguments arguments) =>
        arguments.IsText("padding") ? Padding.Same
        : arguments.Ints("padding") is [int top, int bottom, int left, int right] ? Padding.Sides(top, bottom, left, right)
        : throw new InvalidDataException("expected four sides of padding.");
}

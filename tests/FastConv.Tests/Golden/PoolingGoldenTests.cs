using FastConv.Layers;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Golden;

/// <summary>The winner under a window shows in the gradient. Sums of 9-bit numbers are exact, so max pooling must agree exactly, ties, NaN and infinities included.</summary>
public sealed class PoolingGoldenTests
{
    private const string Topic = "pooling";

    // A factor 1 / count that is rounded, and the product.
    private const int MeanRoundings = 2;

    [Theory]
    [GoldenData(Topic)]
    public void Output_and_gradient_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        GoldenArguments arguments = golden.Arguments;
        int[] size = arguments.Ints("shape");
        float[] input = golden.DrawWithPlaces("input", size[0] * size[1] * size[2] * size[3], arguments.Int("bits", 9));
        Layer layer = LayerOf(arguments);
        Tensor images = Tensor.From(input, size);
        Tensor output = layer.Forward(images);
        float[] gradOutput = golden.Draw("gradOutput", output.Length);
        float[] predicted = layer.Predict(images).Values.ToArray();
        ReadOnlySpan<float> gradInput = layer.Backward(Tensor.From(gradOutput, output.Shape.Dimensions))!.Values;
        float[] expected = golden.Expected("output");
        if (arguments.Text("kind") == "max")
        {
            GoldenBound.AssertExact(expected, output.Values, $"{name}, output");
            GoldenBound.AssertExact(expected, predicted, $"{name}, prediction");
            GoldenBound.AssertExact(golden.Expected("gradInput"), gradInput, $"{name}, gradient");
            return;
        }

        (Pool2dShape shape, bool countsPadding) = AverageShape(arguments, size);
        double[] magnitude = AvgPool2dReference.Backward(shape, Array.ConvertAll(gradOutput, value => (double)Math.Abs(value)), countsPadding);
        GoldenBound.AssertClose(expected, MeanRoundings, output.Values, $"{name}, output");
        GoldenBound.AssertClose(expected, MeanRoundings, predicted, $"{name}, prediction");
        GoldenBound.AssertWithin(golden.Expected("gradInput"), i => magnitude[i], MeanRoundings + shape.WindowLength, gradInput, $"{name}, gradient");
    }

    private static Layer LayerOf(GoldenArguments arguments) => arguments.Text("kind") switch
    {
        "max" => new MaxPool2d(arguments.Pair("kernel"), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Pair("dilation", otherwise: 1)),
        "average" => new AvgPool2d(
            arguments.Pair("kernel"), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Flag("count_include_pad", otherwise: true)),
        "global" => new GlobalAvgPool2d(),
        string other => throw new InvalidDataException($"there is no pooling '{other}'."),
    };

    private static (Pool2dShape Shape, bool CountsPadding) AverageShape(GoldenArguments arguments, int[] size) => arguments.Text("kind") == "global"
        ? (Pool2dShape.Create(size[0], size[1], size[2], size[3], (size[2], size[3])), true)
        : (Pool2dShape.Create(size[0], size[1], size[2], size[3], arguments.Pair("kernel"), arguments.Pair("stride"), arguments.Pair("padding")),
            arguments.Flag("count_include_pad", otherwise: true));
}

using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class PoolingTests
{
    [Fact]
    public void Max_pooling_is_the_primitive_and_remembers_its_argmax_in_either_mode()
    {
        (MaxPool2d Layer, Pool2dShape Shape)[] cases =
        [
            (new MaxPool2d(2), Pool2dShape.Create(2, 3, 7, 6, 2)),
            (new MaxPool2d((3, 2), (2, 1), (1, 1), (1, 2)), Pool2dShape.Create(2, 3, 7, 6, (3, 2), (2, 1), (1, 1), (1, 2))),
            (new MaxPool2d(3, 2, Padding.Same), Pool2dShape.Create(2, 3, 7, 6, 3, 2, Padding.Same)),
        ];
        foreach ((MaxPool2d layer, Pool2dShape shape) in cases)
        {
            float[] y = TestTensors.NaNs(shape.OutputShape.Length);
            byte[] argmax = new byte[shape.ArgmaxLength];
            float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
            (Tensor x, Tensor gradOutput) = Operands(shape);
            MaxPool2dPrimitives.Forward(shape, x.Span, y, argmax);
            MaxPool2dPrimitives.Backward(shape, gradOutput.Span, argmax, gradInput);
            Check(layer, x, y, gradOutput, gradInput);
            layer.Eval();
            Check(layer, x, y, gradOutput, gradInput);
        }
    }

    [Fact]
    public void Average_pooling_is_the_primitive()
    {
        (AvgPool2d Layer, Pool2dShape Shape)[] cases =
        [
            (new AvgPool2d(2), Pool2dShape.Create(2, 3, 7, 6, 2)),
            (new AvgPool2d((3, 2), (2, 1), (1, 1)), Pool2dShape.Create(2, 3, 7, 6, (3, 2), (2, 1), (1, 1))),
            (new AvgPool2d((3, 2), (2, 1), (1, 1), countIncludePad: false), Pool2dShape.Create(2, 3, 7, 6, (3, 2), (2, 1), (1, 1))),
        ];
        foreach ((AvgPool2d layer, Pool2dShape shape) in cases)
        {
            float[] y = TestTensors.NaNs(shape.OutputShape.Length);
            float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
            (Tensor x, Tensor gradOutput) = Operands(shape);
            AvgPool2dPrimitives.Forward(shape, x.Span, y, layer.CountIncludePad);
            AvgPool2dPrimitives.Backward(shape, gradOutput.Span, gradInput, layer.CountIncludePad);
            Check(layer, x, y, gradOutput, gradInput);
        }
    }

    [Fact]
    public void Global_average_pooling_leaves_one_pixel_a_channel()
    {
        Tensor x = Tensor.From([1, 2, 3, 6, 10, 20, 30, 40], 1, 2, 2, 2);
        var layer = new GlobalAvgPool2d();
        Check(layer, x, [3, 25], Tensor.From([4, 8], 1, 2, 1, 1), [1, 1, 1, 1, 2, 2, 2, 2]);
        Assert.Equal([1, 2, 1, 1], layer.OutputShape(x.Shape).Dimensions.ToArray());
    }

    [Fact]
    public void Pixels_that_no_window_reaches_are_left_out_unless_an_exact_fit_is_asked_for()
    {
        Assert.Equal([1, 1, 2, 3], new MaxPool2d(2).OutputShape([1, 1, 5, 6]).Dimensions.ToArray());
        Assert.Equal([1, 1, 2, 3], new MaxPool2d(2, exactFit: true).OutputShape([1, 1, 4, 6]).Dimensions.ToArray());
        var model = new Sequential(new MaxPool2d(2, exactFit: true), new AvgPool2d(3, 2, 1, exactFit: true));
        Assert.Equal(
            "MaxPool2d '0': an exact fit expects windows of 2x2, 2x2 apart with padding 0x0, to end where the image ends, input is [1, 1, 4, 5]",
            Refused(() => model.Forward(new Tensor(1, 1, 4, 5))));
        Assert.Equal(
            "AvgPool2d '1': an exact fit expects windows of 3x3, 2x2 apart with padding 1x1, to end where the image ends, input is [1, 1, 2, 3]",
            Refused(() => model.Forward(new Tensor(1, 1, 4, 6))));
        Assert.Equal([1, 1, 2, 2], model.OutputShape([1, 1, 6, 6]).Dimensions.ToArray());
    }

    [Fact]
    public void Input_that_does_not_fit_is_refused_by_name()
    {
        var model = new Sequential(new ReLU(), new MaxPool2d(3));
        Assert.StartsWith("MaxPool2d '1': input is [1, 1, 2, 9]: a window of 3", Refused(() => model.Forward(new Tensor(1, 1, 2, 9))), StringComparison.Ordinal);
        Assert.Equal("MaxPool2d '1': expects [batch, channels, height, width], input is [1, 9]", Refused(() => model.Forward(new Tensor(1, 9))));
        Assert.Equal("GlobalAvgPool2d: expects [batch, channels, height, width], input is [1, 9]", Refused(() => new GlobalAvgPool2d().Forward(new Tensor(1, 9))));
    }

    [Fact]
    public void Sizes_that_mean_nothing_are_refused_at_once()
    {
        Assert.StartsWith("MaxPool2d: kernelSize expects at least 1, received 0x0", Refused(() => new MaxPool2d(0)), StringComparison.Ordinal);
        Assert.StartsWith("AvgPool2d: stride expects at least 1, received 1x-1", Refused(() => new AvgPool2d(2, (1, -1))), StringComparison.Ordinal);
        Assert.StartsWith("MaxPool2d: padding expects at least 0, received -1x0", Refused(() => new MaxPool2d(2, 1, (-1, 0))), StringComparison.Ordinal);
        Refused(() => new MaxPool2d(2, dilation: 0));
        Refused(() => new MaxPool2d(65536));
    }

    private static void Check(Layer layer, Tensor x, float[] y, Tensor gradOutput, float[] gradInput)
    {
        TestTensors.AssertSameBits(y, layer.Forward(x).Span, "output");
        TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Span, "input gradient");
        TestTensors.AssertSameBits(y, layer.Predict(x).Span, "prediction");
    }

    private static (Tensor X, Tensor GradOutput) Operands(Pool2dShape shape) => (
        Tensor.From(TestTensors.Random(1, shape.InputShape.Length), shape.InputShape.Dimensions),
        Tensor.From(TestTensors.Random(2, shape.OutputShape.Length), shape.OutputShape.Dimensions));

    private static string Refused(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class ConcatTests
{
    [Fact]
    public void Branches_stand_side_by_side_and_their_input_gradients_are_summed()
    {
        var layer = new Concat(new ScaleLayer(2), new Sequential(), new ScaleLayer(-1));
        Tensor x = Tensor.From([1, 2, 3, 4], 2, 2);
        Assert.Equal([2f, 4f, 1f, 2f, -1f, -2f, 6f, 8f, 3f, 4f, -3f, -4f], layer.Forward(x).Span.ToArray());
        Assert.Equal([2, 6], layer.OutputShape(x.Shape).Dimensions.ToArray());
        Tensor gradOutput = Tensor.From([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 6);
        float[] before = gradOutput.Span.ToArray();
        Assert.Equal([2 + 3 - 5f, 4 + 4 - 6f, 14 + 9 - 11f, 16 + 10 - 12f], layer.Backward(gradOutput)!.Span.ToArray());
        Assert.Equal([1 + 4 + 21 + 32f, 5 + 12 + 33 + 48f], layer.Parameters.Select(parameter => parameter.Gradient[0]));
        Assert.Equal(before, gradOutput.Span.ToArray());
        Assert.Equal(["0.weight", "2.weight"], layer.Parameters.Select(parameter => parameter.Name));
        TestTensors.AssertSameBits(layer.Forward(x).Span, layer.Predict(x).Span);
        Assert.Null(layer.Backward(gradOutput, needsInputGradient: false));
    }

    [Fact]
    public void Images_are_joined_over_channels()
    {
        var layer = new Concat(new Sequential(), new GlobalAvgPool2d(), new ReLU());
        Tensor x = Tensor.From([1, -2, 3, -4], 2, 2, 1, 1);
        Assert.Equal([1f, -2f, 1f, -2f, 1f, 0f, 3f, -4f, 3f, -4f, 3f, 0f], layer.Forward(x).Span.ToArray());
        Tensor wide = new(2, 3, 4, 5);
        Assert.Equal([2, 6, 4, 5], new Concat(new ReLU(), new Tanh()).Forward(wide).Shape.Dimensions.ToArray());
    }

    [Fact]
    public void One_branch_is_itself()
    {
        var layer = new Concat(new ScaleLayer(3));
        Tensor x = Tensor.From([1, 2], 1, 2);
        Assert.Equal([3f, 6f], layer.Forward(x).Span.ToArray());
        Assert.Equal([3f, 6f], layer.Backward(x)!.Span.ToArray());
    }

    [Fact]
    public void Outputs_that_differ_in_more_than_channels_are_refused()
    {
        var model = new Sequential(new Concat(new ReLU(), new MaxPool2d(2)));
        Assert.Equal(
            "Concat '0': branches expect outputs [batch, channels, ...] that differ in channels only, branch 0 makes [1, 2, 4, 4] and branch 1 [1, 2, 2, 2] of the input [1, 2, 4, 4]",
            Assert.ThrowsAny<ArgumentException>(() => model.Forward(new Tensor(1, 2, 4, 4))).Message);
        Assert.ThrowsAny<ArgumentException>(() => new Concat(new ReLU()).Forward(new Tensor(3)));
        Assert.ThrowsAny<ArgumentException>(() => new Concat());
        var layer = new ReLU();
        Assert.ThrowsAny<ArgumentException>(() => new Concat(layer, layer));
    }
}

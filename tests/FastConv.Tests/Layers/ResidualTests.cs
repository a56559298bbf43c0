using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class ResidualTests
{
    private static readonly float[] X = [1, -2, 3];
    private static readonly float[] GradOutput = [1, 10, 100];

    [Fact]
    public void The_input_is_added_and_the_gradient_comes_back_on_both_ways()
    {
        var layer = new Residual(new ScaleLayer(4));
        Tensor gradOutput = Tensor.From(GradOutput, 1, 3);
        Assert.Equal([5f, -10f, 15f], layer.Forward(Tensor.From(X, 1, 3)).Span.ToArray());
        Assert.Equal([5f, 50f, 500f], layer.Backward(gradOutput)!.Span.ToArray());
        Assert.Equal(281, layer.Parameters[0].Gradient[0]);
        Assert.Equal(GradOutput, gradOutput.Span.ToArray());
        Assert.Null(layer.Backward(gradOutput, needsInputGradient: false));
    }

    [Fact]
    public void A_shortcut_takes_the_place_of_the_input()
    {
        var layer = new Residual(new ScaleLayer(4), new Sequential(new ScaleLayer(-1), new ReLU()));
        Tensor x = Tensor.From(X, 1, 3);
        Tensor gradOutput = Tensor.From(GradOutput, 1, 3);
        Assert.Equal([4f, -6f, 12f], layer.Forward(x).Span.ToArray());
        Assert.Equal([4f, 30f, 400f], layer.Backward(gradOutput)!.Span.ToArray());
        Assert.Equal(["body.weight", "shortcut.0.weight"], layer.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([281f, -20f], layer.Parameters.Select(parameter => parameter.Gradient[0]));
        Assert.Equal(X, x.Span.ToArray());
        Assert.Equal(GradOutput, gradOutput.Span.ToArray());
        Assert.Equal([4f, -6f, 12f], layer.Predict(x).Span.ToArray());
    }

    [Fact]
    public void Branches_that_hand_their_input_or_gradient_on_are_not_written_over()
    {
        var layer = new Sequential(new Residual(new Flatten(), new Sequential()), new Residual(new Sequential()));
        Tensor x = Tensor.From(X, 1, 3);
        Tensor gradOutput = Tensor.From(GradOutput, 1, 3);
        Assert.Equal([4f, -8f, 12f], layer.Forward(x).Span.ToArray());
        Assert.Equal([4f, 40f, 400f], layer.Backward(gradOutput)!.Span.ToArray());
        Assert.Equal(X, x.Span.ToArray());
        Assert.Equal(GradOutput, gradOutput.Span.ToArray());
        Assert.Equal([4f, -8f, 12f], layer.Predict(x).Span.ToArray());
    }

    [Fact]
    public void Branches_of_different_shapes_are_refused()
    {
        var model = new Sequential(new Residual(new Flatten(0)));
        string message = Assert.ThrowsAny<ArgumentException>(() => model.Forward(new Tensor(2, 3))).Message;
        Assert.Equal("Residual '0': the sum expects two equal shapes, body makes [6] and shortcut [2, 3] of the input [2, 3]", message);
    }
}

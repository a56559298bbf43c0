using FastConv.Layers;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class FlattenTests
{
    [Theory]
    [InlineData(1, -1, new[] { 2, 3, 4, 5 }, new[] { 2, 60 })]
    [InlineData(0, -1, new[] { 2, 3, 4, 5 }, new[] { 120 })]
    [InlineData(1, 2, new[] { 2, 3, 4, 5 }, new[] { 2, 12, 5 })]
    [InlineData(-2, -1, new[] { 2, 3, 4, 5 }, new[] { 2, 3, 20 })]
    [InlineData(2, 2, new[] { 2, 3, 4, 5 }, new[] { 2, 3, 4, 5 })]
    [InlineData(1, -1, new[] { 2, 3 }, new[] { 2, 3 })]
    public void Axes_are_joined_and_values_stay(int start, int end, int[] input, int[] output)
    {
        var layer = new Flatten(start, end);
        Tensor x = new(input);
        TestTensors.Random(1, x.Length).CopyTo(x.Span);
        Tensor y = layer.Forward(x);
        Assert.Equal(TensorShape.Create(output), y.Shape);
        TestTensors.AssertSameBits(x.Span, y.Span);
        Tensor gradOutput = new(y.Shape);
        Tensor gradInput = layer.Backward(gradOutput)!;
        Assert.Equal(x.Shape, gradInput.Shape);
        Tensor predicted = layer.Predict(x);
        TestTensors.AssertSameBits(x.Span, predicted.Span);
        predicted.Span.Clear();
        Assert.NotEqual(0, x.Span[0]);
    }

    [Theory]
    [InlineData(2, 3, "Flatten: axes 2 to 3 expect an input that has them in this order, input is [2, 3, 4]")]
    [InlineData(2, -2, "Flatten: axes 2 to -2 expect an input that has them in this order, input is [2, 3, 4]")]
    [InlineData(-4, -1, "Flatten: axes -4 to -1 expect an input that has them in this order, input is [2, 3, 4]")]
    public void Axes_that_the_input_does_not_have_are_refused(int start, int end, string message)
    {
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(() => new Flatten(start, end).Forward(new Tensor(2, 3, 4))).Message);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(-1, -2)]
    public void An_order_that_no_input_has_is_refused_at_once(int start, int end) =>
        Assert.ThrowsAny<ArgumentException>(() => new Flatten(start, end));

    [Fact]
    public void Views_are_found_again_and_follow_the_newest_tensors()
    {
        var layer = new Flatten();
        Tensor[] inputs = [.. Enumerable.Range(0, 9).Select(_ => new Tensor(2, 3, 4))];
        Tensor first = layer.Forward(inputs[0]);
        Assert.Same(first, layer.Forward(inputs[0]));
        for (int index = 0; index < inputs.Length; index++)
        {
            inputs[index].Span.Fill(index);
            Assert.Equal(index, layer.Forward(inputs[index])[1, 11]);
        }
    }
}

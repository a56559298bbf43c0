using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class SoftmaxTests
{
    [Fact]
    public void Softmax_and_its_logarithm_are_the_primitives()
    {
        Tensor x = Tensor.From(TestTensors.Random(1, 4 * 10, -5, 5), 4, 10);
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, 4 * 10), 4, 10);
        float[] y = TestTensors.NaNs(40);
        float[] gradInput = TestTensors.NaNs(40);

        var softmax = new Softmax();
        SoftmaxPrimitives.Forward(4, 10, x.Span, y);
        SoftmaxPrimitives.Backward(4, 10, y, gradOutput.Span, gradInput);
        TestTensors.AssertSameBits(y, softmax.Forward(x).Span);
        TestTensors.AssertSameBits(y, softmax.Predict(x).Span);
        TestTensors.AssertSameBits(gradInput, softmax.Backward(gradOutput)!.Span);

        var logSoftmax = new LogSoftmax();
        LogSoftmaxPrimitives.Forward(4, 10, x.Span, y);
        LogSoftmaxPrimitives.Backward(4, 10, y, gradOutput.Span, gradInput);
        TestTensors.AssertSameBits(y, logSoftmax.Forward(x).Span);
        TestTensors.AssertSameBits(y, logSoftmax.Predict(x).Span);
        TestTensors.AssertSameBits(gradInput, logSoftmax.Backward(gradOutput)!.Span);
    }

    [Fact]
    public void Only_a_matrix_of_classes_is_taken()
    {
        Layer[] layers = [new Softmax(), new LogSoftmax()];
        foreach (Layer layer in layers)
        {
            string message = Assert.ThrowsAny<ArgumentException>(() => layer.Forward(new Tensor(2, 3, 4))).Message;
            Assert.Equal($"{layer.GetType().Name}: expects [batch, classes], input is [2, 3, 4]", message);
        }
    }
}

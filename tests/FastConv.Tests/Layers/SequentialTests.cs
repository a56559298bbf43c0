using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class SequentialTests
{
    [Fact]
    public void Without_layers_it_is_the_identity()
    {
        var model = new Sequential();
        Tensor x = Tensor.From([1, -2], 1, 2);
        Assert.Equal([1f, -2f], model.Forward(x).Span.ToArray());
        Assert.Equal([1f, -2f], model.Backward(x)!.Span.ToArray());
        Assert.Null(model.Backward(x, needsInputGradient: false));
        Assert.Empty(model.Parameters);
        Tensor predicted = model.Predict(x);
        x[0, 0] = 5;
        Assert.Equal([1f, -2f], predicted.Span.ToArray());
    }

    [Fact]
    public void Layers_run_in_order_and_back_in_reverse()
    {
        var model = new Sequential(new ScaleLayer(2), new ReLU(), new ScaleLayer(-3));
        Tensor x = Tensor.From([1, -2], 1, 2);
        Assert.Equal([-6f, 0f], model.Forward(x).Span.ToArray());
        Tensor gradOutput = Tensor.From([1, 10], 1, 2);
        Assert.Equal([-6f, 0f], model.Backward(gradOutput)!.Span.ToArray());
        Assert.Equal([-3f, 2f], model.Parameters.Select(parameter => parameter.Gradient[0]));
        Assert.Equal([1f, 10f], gradOutput.Span.ToArray());
        Assert.Equal([1f, -2f], x.Span.ToArray());
    }

    [Fact]
    public void The_first_layer_with_parameters_makes_no_input_gradient_unless_it_is_needed()
    {
        var first = new ScaleLayer(2);
        var second = new ScaleLayer(4);
        var model = new Sequential(new ReLU(), new Sequential(new Tanh()), new Sequential(new Sigmoid(), first), second);
        Tensor gradOutput = Tensor.From([1], 1, 1);
        model.Forward(Tensor.From([1], 1, 1));
        Assert.Null(model.Backward(gradOutput, needsInputGradient: false));
        Assert.Equal((0, 1), (first.InputGradients, second.InputGradients));
        float gradient = first.Weight.Gradient[0];
        Assert.NotEqual(0, gradient);
        Assert.NotNull(model.Backward(gradOutput));
        Assert.Equal((1, 2), (first.InputGradients, second.InputGradients));
        Assert.Equal(2 * gradient, first.Weight.Gradient[0]);
    }

    [Fact]
    public void Prediction_has_the_bits_of_evaluation_wherever_layers_work_in_place()
    {
        Func<Layer>[] kinds = [() => new ReLU(), () => new ScaleLayer(1.7f), () => new Flatten(), () => new Residual(new Tanh()), () => new Sequential(new Tanh(), new ScaleLayer(3))];
        Tensor x = Tensor.From(TestTensors.Random(5, 12), 3, 4);
        foreach (Func<Layer> a in kinds)
        {
            foreach (Func<Layer> b in kinds)
            {
                foreach (Func<Layer> c in kinds)
                {
                    var model = new Sequential(a(), b(), c());
                    model.Eval();
                    float[] before = x.Span.ToArray();
                    Tensor predicted = model.Predict(x);
                    TestTensors.AssertSameBits(model.Forward(x).Span, predicted.Span, string.Join(", ", model.Children));
                    TestTensors.AssertSameBits(before, x.Span, "the input");
                }
            }
        }
    }
}

using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Layers;

/// <summary>Whole models against finite differences of the same model in double precision: every parameter and every pixel.</summary>
public sealed class ModelGradientTests
{
    [Theory]
    [InlineData("lenet")]
    [InlineData("everything")]
    public void Every_gradient_of_a_model_is_the_slope_of_its_loss(string name)
    {
        (Layer model, Tensor x) = Create(name);
        model.Initialize(3);
        Tensor y = model.Forward(x);
        Tensor gradOutput = Tensor.From(TestTensors.Random(7, y.Length), y.Shape.Dimensions);
        double[] weights = TestTensors.ToDouble(gradOutput.Span);
        var reference = new ModelReference(model);
        double[] input = TestTensors.ToDouble(x.Span);
        TestTensors.AssertClose(reference.Forward(model, x.Shape, input), y.Span, 1e-4, "output");

        Tensor gradInput = model.Backward(gradOutput)!;
        double Loss(double[] _) => reference.Forward(model, x.Shape, input).Zip(weights, (value, weight) => value * weight).Sum();
        TestTensors.AssertClose(FiniteDifference.Gradient(Loss, input), gradInput.Span, 1e-3, "input");
        foreach (Parameter parameter in model.Parameters)
        {
            TestTensors.AssertClose(
                FiniteDifference.Gradient(Loss, reference.ValuesOf(parameter)), parameter.Gradient.Span, 1e-3, parameter.Name);
        }
    }

    private static (Layer Model, Tensor X) Create(string name) => name == "lenet"
        ? (ModelCases.LeNet(), Tensor.From(TestTensors.Random(1, 2 * 12 * 12), 2, 1, 12, 12))
        : (ModelCases.Differentiable(), ModelCases.Input(2));
}

using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Layers;

public sealed class ActivationLayerTests
{
    public static TheoryData<string> Names => ["ReLU", "Sigmoid", "Tanh", "LeakyReLU", "SiLU", "HardSigmoid", "HardSwish", "GELU", "GELU, tanh"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_and_backward_are_the_references(string name)
    {
        (Layer layer, Func<double, double> forward, Func<double, double, double, double> backward) = Create(name);
        Tensor x = Tensor.From(TestTensors.Random(1, 2 * 3 * 5 * 7, -3, 3), 2, 3, 5, 7);
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, x.Length), 2, 3, 5, 7);
        float[] gradBefore = gradOutput.Span.ToArray();
        Tensor y = layer.Forward(x);
        Assert.Equal(x.Shape, y.Shape);
        TestTensors.AssertClose([.. TestTensors.ToDouble(x.Span).Select(forward)], y.Span);
        double[] expected = new double[x.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = backward(x.Span[i], forward(x.Span[i]), gradOutput.Span[i]);
        }

        TestTensors.AssertClose(expected, layer.Backward(gradOutput)!.Span);
        TestTensors.AssertSameBits(gradBefore, gradOutput.Span, "the caller's gradient");
        TestTensors.AssertSameBits(y.Span, layer.Predict(x).Span, "prediction");
        Assert.Null(layer.Backward(gradOutput, needsInputGradient: false));
        Assert.Empty(layer.State);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_slope_that_is_no_number_is_refused(float slope) =>
        Assert.Contains("LeakyReLU: negativeSlope", Assert.ThrowsAny<ArgumentException>(() => new LeakyReLU(slope)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_approximation_that_there_is_none_of_is_refused() =>
        Assert.Contains("GELU: approximate expects None or Tanh", Assert.ThrowsAny<ArgumentException>(() => new GELU((GELUApproximation)2)).Message, StringComparison.Ordinal);

    private static (Layer Layer, Func<double, double> Forward, Func<double, double, double, double> Backward) Create(string name) => name switch
    {
        "ReLU" => (new ReLU(), ActivationReference.ReLU, (_, y, gradOutput) => ActivationReference.ReLUGradient(y, gradOutput)),
        "Sigmoid" => (new Sigmoid(), ActivationReference.Sigmoid, (_, y, gradOutput) => ActivationReference.SigmoidGradient(y, gradOutput)),
        "Tanh" => (new Tanh(), ActivationReference.Tanh, (_, y, gradOutput) => ActivationReference.TanhGradient(y, gradOutput)),
        "SiLU" => (new SiLU(), ActivationReference.SiLU, (x, _, gradOutput) => ActivationReference.SiLUGradient(x, gradOutput)),
        "HardSigmoid" => (new HardSigmoid(), ActivationReference.HardSigmoid, (x, _, gradOutput) => ActivationReference.HardSigmoidGradient(x, gradOutput)),
        "HardSwish" => (new HardSwish(), ActivationReference.HardSwish, (x, _, gradOutput) => ActivationReference.HardSwishGradient(x, gradOutput)),
        "GELU" => (new GELU(), ActivationReference.GELU, (x, _, gradOutput) => ActivationReference.GELUGradient(x, gradOutput)),
        "GELU, tanh" => (new GELU(GELUApproximation.Tanh), ActivationReference.GELUTanh, (x, _, gradOutput) => ActivationReference.GELUTanhGradient(x, gradOutput)),
        _ => (new LeakyReLU(0.25f), x => ActivationReference.LeakyReLU(x, 0.25), (x, _, gradOutput) => ActivationReference.LeakyReLUGradient(x, gradOutput, 0.25)),
    };
}

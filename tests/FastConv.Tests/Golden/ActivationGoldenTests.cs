using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

/// <summary>Every activation and both softmaxes, over ordinary numbers, NaN, infinities, kinks, subnormals and the ends of float.</summary>
public sealed class ActivationGoldenTests
{
    private const string Topic = "activations";

    // An exponential, an error function or a tanh is off by up to 2.7 units in the last place (docs/numerics.md), 6 roundings; a few operations follow.
    private const int FunctionRoundings = 12;

    // Below it a sigmoid is known to a unit of rounding of this.
    private const double SmallestNormal = 1.17549435e-38;

    private static readonly Dictionary<string, Activated> ByName = new()
    {
        ["ReLU"] = new(() => new ReLU(), Self, Gradient),
        ["LeakyReLU"] = new(() => new LeakyReLU(0.25f), Self, Gradient),
        ["Sigmoid"] = new(() => new Sigmoid(), Self, (_, y, g) => g * y),
        ["Tanh"] = new(() => new Tanh(), Self, Gradient),
        ["SiLU"] = new(() => new SiLU(), (x, y) => y + Math.Abs(x) * SmallestNormal, (x, _, g) => g * (1 + Bent(x))),
        ["HardSigmoid"] = new(() => new HardSigmoid(), (_, _) => 1, Gradient),
        ["HardSwish"] = new(() => new HardSwish(), (x, _) => Math.Abs(x), (x, _, g) => g * (1 + Bent(x))),
        ["GELU"] = new(() => new GELU(), (x, _) => Math.Abs(x), (x, _, g) => g * (1 + Bent(x))),
        ["GELU, tanh"] = new(() => new GELU(GELUApproximation.Tanh), (x, _) => Math.Abs(x), (x, _, g) => g * (1 + Bent(x))),
    };

    private static readonly Dictionary<string, Func<Layer>> Softmaxes = new() { ["Softmax"] = () => new Softmax(), ["LogSoftmax"] = () => new LogSoftmax() };

    [Theory]
    [GoldenData(Topic)]
    public void Output_and_gradient_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        GoldenArguments arguments = golden.Arguments;
        string activation = arguments.Text("activation");
        float[] expected = golden.Expected("output");
        float[] x = golden.Has("input") ? golden.Expected("input") : golden.Draw("input", expected.Length, bits: 16, scale: arguments.Number("scale"));
        float[] g = golden.Draw("gradOutput", expected.Length);
        if (ByName.TryGetValue(activation, out Activated? found))
        {
            Run(golden, found.Create(), x, g, [x.Length], i => found.Output(x[i], Math.Abs((double)expected[i])), i => found.GradInput(x[i], Math.Abs((double)expected[i]), Math.Abs(g[i])));
            return;
        }

        // A softmax's gradient is p (g - sum of g p), the other's g - p * sum of g, with p at most 1; the logarithm of a sum is known to a unit of rounding of 1.
        int classes = arguments.Has("shape") ? arguments.Ints("shape")[1] : 3;
        double RowSum(int i) => g.Skip(i / classes * classes).Take(classes).Sum(value => Math.Abs((double)value));
        Run(
            golden,
            Softmaxes[activation](),
            x,
            g,
            [x.Length / classes, classes],
            i => Math.Abs((double)expected[i]) + (activation == "LogSoftmax" ? 1 : 0),
            i => Math.Abs(g[i]) + RowSum(i));
    }

    private static void Run(GoldenCase golden, Layer layer, float[] x, float[] g, int[] size, Func<int, double> outputMagnitude, Func<int, double> gradMagnitude)
    {
        Tensor input = Tensor.From(x, size);
        GoldenBound.AssertWithin(golden.Expected("output"), outputMagnitude, FunctionRoundings, layer.Forward(input).Values, $"{golden.Name}, output");
        float[] gradient = golden.Expected("gradInput");
        if (golden.Differs is not null)
        {
            float[] own = [.. golden.Arguments.Floats("slopes").Zip(g, (slope, grad) => slope * grad)];
            Assert.NotEqual(own, gradient);
            gradient = own;
        }

        GoldenBound.AssertWithin(gradient, gradMagnitude, FunctionRoundings, layer.Backward(Tensor.From(g, size))!.Values, $"{golden.Name}, gradient");
        GoldenBound.AssertWithin(golden.Expected("output"), outputMagnitude, FunctionRoundings, layer.Predict(input).Values, $"{golden.Name}, prediction");
    }

    // The size of an output and the size of a gradient's parts, of which the largest is a product with x where the function still bends.
    private sealed record Activated(Func<Layer> Create, Func<double, double, double> Output, Func<double, double, double, double> GradInput);

    private static double Self(double x, double y) => y;

    private static double Gradient(double x, double y, double g) => g;

    private static double Bent(double x) => Math.Min(Math.Abs(x), 18);
}

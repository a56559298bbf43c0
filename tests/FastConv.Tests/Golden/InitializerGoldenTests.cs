using FastConv.Layers;
using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

/// <summary>The generators differ: what is compared are statistics of two samples, within what chance allows, and gains.</summary>
public sealed class InitializerGoldenTests
{
    private const string Topic = "initializers";

    // In standard deviations of the difference of two samples; and the chance e^-k of a bound that is missed by more than the k-th part of a sample.
    private const double Sigmas = 5;
    private const double Improbable = 14;

    private static readonly Dictionary<string, Nonlinearity> Nonlinearities = new()
    {
        ["linear"] = Nonlinearity.Linear,
        ["sigmoid"] = Nonlinearity.Sigmoid,
        ["tanh"] = Nonlinearity.Tanh,
        ["relu"] = Nonlinearity.ReLU,
        ["leaky_relu"] = Nonlinearity.LeakyReLU,
    };

    [Theory]
    [GoldenData(Topic)]
    public void Statistics_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        GoldenArguments arguments = golden.Arguments;
        if (golden.Has("gain"))
        {
            Nonlinearity nonlinearity = Enum.Parse<Nonlinearity>(arguments.Text("nonlinearity"));
            float gain = arguments.Has("slope") ? Initializers.Gain(nonlinearity, (float)arguments.Number("slope")) : Initializers.Gain(nonlinearity);
            GoldenBound.AssertClose(golden.Expected("gain"), 4, [gain], name);
            return;
        }

        float[] values = arguments.Has("layer") ? Default(arguments) : Draw(arguments);
        float[] expected = golden.Expected("statistics");
        (double mean, double deviation, double least, double most) = (expected[0], expected[1], expected[2], expected[3]);
        double root = Math.Sqrt(values.Length);
        double actualMean = values.Average(value => (double)value);
        double actualDeviation = Math.Sqrt(values.Average(value => Math.Pow(value - actualMean, 2)));
        AssertNear(mean, actualMean, Sigmas * Math.Sqrt(2) * deviation / root, "mean");

        // The deviation of a sample of n normal numbers is known to 1 / sqrt(2 n) of itself, that of uniform ones better.
        AssertNear(deviation, actualDeviation, Sigmas * deviation / root, "deviation");
        if (!name.Contains("ormal", StringComparison.Ordinal))
        {
            double allowed = 2 * Improbable * (most - least) / values.Length;
            AssertNear(least, values.Min(), allowed, "least");
            AssertNear(most, values.Max(), allowed, "largest");
        }

        void AssertNear(double golden, double actual, double allowed, string what) =>
            Assert.True(Math.Abs(actual - golden) <= allowed, $"{name}: the {what} is {actual}, PyTorch's {golden}, allowed is a difference of {allowed}.");
    }

    private static float[] Draw(GoldenArguments arguments)
    {
        var tensor = new Tensor(arguments.Ints("shape"));
        var random = new RandomSource(seed: 1);
        float slope = (float)arguments.Number("a");
        FanMode mode = arguments.Has("mode") && arguments.Text("mode") == "fan_out" ? FanMode.FanOut : FanMode.FanIn;
        Nonlinearity nonlinearity = arguments.Has("nonlinearity") ? Nonlinearities[arguments.Text("nonlinearity")] : default;
        switch (arguments.Text("kind"))
        {
            case "Uniform":
                Initializers.Uniform(tensor, random, (float)arguments.Number("a"), (float)arguments.Number("b"));
                break;
            case "Normal":
                Initializers.Normal(tensor, random, (float)arguments.Number("mean"), (float)arguments.Number("std"));
                break;
            case "Constant":
                Initializers.Constant(tensor, (float)arguments.Number("val"));
                break;
            case "XavierUniform":
                Initializers.XavierUniform(tensor, random, (float)arguments.Number("gain"));
                break;
            case "XavierNormal":
                Initializers.XavierNormal(tensor, random, (float)arguments.Number("gain"));
                break;
            case "KaimingUniform":
                Initializers.KaimingUniform(tensor, random, slope, mode, nonlinearity);
                break;
            case "KaimingNormal":
                Initializers.KaimingNormal(tensor, random, slope, mode, nonlinearity);
                break;
            case string other:
                throw new InvalidDataException($"there is no initialiser '{other}'.");
        }

        return tensor.Values.ToArray();
    }

    private static float[] Default(GoldenArguments arguments)
    {
        int[] sizes = arguments.Ints("sizes");
        WeightedLayer layer = arguments.Text("layer") == "Conv2d" ? new Conv2d(sizes[0], sizes[1], sizes[2]) : new Linear(sizes[0], sizes[1]);
        layer.Initialize(seed: 1);
        Parameter parameter = arguments.Text("tensor") == "weight" ? layer.Weight : layer.Bias!;
        return parameter.Value.Values.ToArray();
    }
}

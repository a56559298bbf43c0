using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Primitives;
using FastConv.Simd;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

/// <summary>
/// Whole networks over 20 steps. Training amplifies rounding, so the yardstick is how far torch's own float32 strays from its double precision, its parameters
/// disturbed a little so that it crosses kinks (tools/golden/networks.py): FastConv may stray <see cref="Factor"/> times as far, and by the roundings of one step.
/// Wherever there is FMA the bits are the same, so that what agrees here agrees everywhere. Without FMA other kinks are crossed, after which trajectories part: there
/// the first steps are compared, more loosely.
/// </summary>
[Collection(ThreadCases.Collection)]
public sealed class NetworkGoldenTests
{
    private const string Topic = "networks";

    private const int StepRoundings = 16;

    // A sum whose products are all 0 is rounding noise by Winograd's algorithm, and Adam, which divides by a gradient's size, moves by a share of its rate.
    private const double NoiseShare = 1.0 / 4096;

    private static double Factor { get; } = SimdDispatch.HasFusedMultiplyAdd ? 2 : 16;
    private static int Steps { get; } = SimdDispatch.HasFusedMultiplyAdd ? 20 : 5;

    [Theory]
    [GoldenData(Topic)]
    public void Losses_and_parameters_agree_after_every_step(string name) => Train(new GoldenCase(Topic, name), ConvolutionPrecision.Default);

    [Theory]
    [GoldenData(Topic)]
    public void Plain_sums_agree_after_every_step(string name) => Train(new GoldenCase(Topic, name), ConvolutionPrecision.Strict);

    private static void Train(GoldenCase golden, ConvolutionPrecision precision)
    {
        ConvolutionPrecision before = ConvolutionOptions.ProcessPrecision;
        try
        {
            ConvolutionOptions.ProcessPrecision = precision;
            Train(golden, noise: precision == ConvolutionPrecision.Default ? NoiseShare : 0);
        }
        finally
        {
            ConvolutionOptions.ProcessPrecision = before;
        }
    }

    private static void Train(GoldenCase golden, double noise)
    {
        GoldenArguments arguments = golden.Arguments;
        int[] images = arguments.Ints("images");
        int classes = arguments.Int("classes");
        double rate = arguments.Number("rate");
        (Sequential model, Loss loss) = arguments.Text("network") == "catdog" ? (ModelCases.CatDog(64, 48), (Loss)new BceLoss()) : (LeNet(), new CrossEntropyLoss());
        foreach (Parameter parameter in model.Parameters)
        {
            Start(golden, parameter);
        }

        bool isAdam = arguments.Text("optimizer") == "adam";
        Optimizer optimizer = isAdam ? new Adam(model.Parameters, rate) : new Sgd(model.Parameters, rate, momentum: 0.9);
        var input = new Tensor(images);
        for (int step = 0; step < Steps; step++)
        {
            golden.Draw($"images {step}", input.Length).CopyTo(input.Span);
            float value = loss.Forward(model.Forward(input), golden.Labels($"labels {step}", images[0], classes));
            optimizer.ZeroGradients();
            model.Backward(loss.Backward(), needsInputGradient: false);
            optimizer.Step();
            AssertLoss(golden, step, value);
            double drift = isAdam ? noise * rate * (step + 1) : 0;
            foreach (FastConv.Layers.NamedTensor entry in model.State.Where(entry => golden.Has($"{entry.Name}/norm")))
            {
                AssertTensor(golden, step, entry.Name, entry.Value.Values, drift);
            }
        }
    }

    private static void AssertLoss(GoldenCase golden, int step, float value)
    {
        float expected = golden.Expected("losses")[step];

        // One number may happen to be right: the largest deviation so far counts.
        double deviation = golden.Expected("losses/deviation")[..(step + 1)].Max();
        double allowed = Factor * deviation + ErrorBound.RelativeError(StepRoundings) * Math.Abs(expected);
        Assert.True(Math.Abs(value - expected) <= allowed, $"{golden.Name}: the loss of step {step + 1} is {value:G9}, PyTorch's {expected:G9}, allowed is a difference of {allowed:G3}.");
    }

    private static void AssertTensor(GoldenCase golden, int step, string tensor, ReadOnlySpan<float> values, double drift)
    {
        float[] samples = golden.Expected($"{tensor}/samples");
        int count = samples.Length / golden.Expected($"{tensor}/norm").Length;
        ReadOnlySpan<float> expected = samples.AsSpan(step * count, count);
        double norm = golden.Expected($"{tensor}/norm")[step];
        double size = norm / Math.Sqrt(values.Length) + SpreadOfMean(golden, tensor, step);
        double allowed = Factor * golden.Expected($"{tensor}/deviation")[step] + ErrorBound.RelativeError(StepRoundings) * size + drift;
        string context = $"{golden.Name}, {tensor} after step {step + 1}";
        AssertClose(expected, Sample(values, count), allowed, context);
        double actualNorm = Math.Sqrt(values.ToArray().Sum(value => (double)value * value));
        Assert.True(
            Math.Abs(actualNorm - norm) <= allowed * Math.Sqrt(values.Length), $"{context}: the norm is {actualNorm:G9}, PyTorch's {norm:G9}, allowed per element is {allowed:G3}.");
        if (step == samples.Length / count - 1)
        {
            float[] end = golden.Expected($"{tensor}/end");
            AssertClose(end, Sample(values, end.Length), allowed, context);
        }
    }

    // A mean is rounded as the values are of which it is one: by their standard deviation, where they lie around 0.
    private static double SpreadOfMean(GoldenCase golden, string tensor, int step)
    {
        const string Mean = "running_mean";
        if (!tensor.EndsWith(Mean, StringComparison.Ordinal))
        {
            return 0;
        }

        string variance = tensor.Replace(Mean, "running_var", StringComparison.Ordinal);
        float[] samples = golden.Expected($"{variance}/samples");
        int count = samples.Length / golden.Expected($"{variance}/norm").Length;
        return Math.Sqrt(samples.AsSpan(step * count, count).ToArray().Average());
    }

    private static void AssertClose(ReadOnlySpan<float> expected, float[] actual, double allowed, string context)
    {
        double error = ErrorBound.RootMeanSquareError(TestTensors.ToDouble(expected), actual);
        Assert.True(error <= allowed, $"{context}: {actual.Length} of its numbers are off by {error:G3} (root mean square), allowed is {allowed:G3}.");
    }

    // Evenly spread, as networks.py takes them.
    private static float[] Sample(ReadOnlySpan<float> values, int count)
    {
        var samples = new float[count];
        for (int index = 0; index < count; index++)
        {
            samples[index] = values[(int)((long)index * values.Length / count)];
        }

        return samples;
    }

    // As networks.py starts them: about the variance 1 / fan in, by powers of two.
    private static void Start(GoldenCase golden, Parameter parameter)
    {
        Tensor value = parameter.Value;
        int fan = value.Length / value.Shape[0];
        double scale = 1;
        while (value.Shape.Rank > 1 && 2 / (scale * scale) < fan)
        {
            scale /= 2;
        }

        bool isNormalization = value.Shape.Rank == 1 && parameter.Name.EndsWith("weight", StringComparison.Ordinal);
        golden.Draw(parameter.Name, value.Length, scale: value.Shape.Rank > 1 ? scale : 1.0 / 32, offset: isNormalization ? 1 : 0).CopyTo(value.Span);
    }

    private static Sequential LeNet() => new(
        new Conv2d(1, 32, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(2), new Conv2d(32, 64, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(2),
        new Flatten(), new Linear(64 * 3 * 3, 128), new ReLU(), new Linear(128, 10));
}

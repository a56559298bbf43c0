using FastConv.Optimizers;
using FastConv.Randomness;
using FastConv.Tensors;
using FastConv.Tests.Reference;
using Plain = FastConv.Tests.Reference.OptimizerReference;

namespace FastConv.Tests.Cases;

/// <summary>An optimiser with some options beside its plain version, and the sum of squares that its state starts from.</summary>
internal sealed record OptimizerCase(
    Func<IReadOnlyList<Parameter>, Optimizer> Create, Action<PlainParameter, double[], int> PlainStep, double InitialSquares = 0);

/// <summary>Every optimiser with every option, alone and together, by name.</summary>
internal static class OptimizerCases
{
    private static readonly Dictionary<string, OptimizerCase> ByName = new()
    {
        ["Sgd defaults"] = new(p => new Sgd(p), (p, g, step) => Plain.Sgd(p, g, step, 1e-3)),
        ["Sgd weight decay"] = new(p => new Sgd(p, 0.1, weightDecay: 0.3), (p, g, step) => Plain.Sgd(p, g, step, 0.1, decay: 0.3)),
        ["Sgd momentum"] = new(p => new Sgd(p, 0.1, momentum: 0.9), (p, g, step) => Plain.Sgd(p, g, step, 0.1, 0.9)),
        ["Sgd dampening"] = new(p => new Sgd(p, 0.1, 0.9, 0.4), (p, g, step) => Plain.Sgd(p, g, step, 0.1, 0.9, 0.4)),
        ["Sgd Nesterov"] = new(p => new Sgd(p, 0.1, 0.8, nesterov: true), (p, g, step) => Plain.Sgd(p, g, step, 0.1, 0.8, nesterov: true)),
        ["Sgd Nesterov, weight decay"] = new(
            p => new Sgd(p, 0.05, 0.8, nesterov: true, weightDecay: 0.01), (p, g, step) => Plain.Sgd(p, g, step, 0.05, 0.8, 0, true, 0.01)),
        ["Sgd everything but Nesterov"] = new(
            p => new Sgd(p, 0.05, 0.7, 0.2, weightDecay: 0.02), (p, g, step) => Plain.Sgd(p, g, step, 0.05, 0.7, 0.2, false, 0.02)),
        ["AdaGrad defaults"] = new(p => new AdaGrad(p), (p, g, step) => Plain.AdaGrad(p, g, step, 1e-2)),
        ["AdaGrad rate decay"] = new(p => new AdaGrad(p, 0.1, learningRateDecay: 0.05), (p, g, step) => Plain.AdaGrad(p, g, step, 0.1, 0.05)),
        ["AdaGrad everything"] = new(
            p => new AdaGrad(p, 0.1, 0.1, 0.2, 1e-3, initialAccumulator: 0.5), (p, g, step) => Plain.AdaGrad(p, g, step, 0.1, 0.1, 0.2, 1e-3), 0.5),
        ["RmsProp defaults"] = new(p => new RmsProp(p), (p, g, _) => Plain.RmsProp(p, g, 1e-2)),
        ["RmsProp momentum"] = new(p => new RmsProp(p, 0.01, momentum: 0.9), (p, g, _) => Plain.RmsProp(p, g, 0.01, momentum: 0.9)),
        ["RmsProp centered"] = new(p => new RmsProp(p, 0.01, 0.9, 1e-3, centered: true), (p, g, _) => Plain.RmsProp(p, g, 0.01, 0.9, 1e-3, centered: true)),
        ["RmsProp everything"] = new(
            p => new RmsProp(p, 0.02, 0.95, 1e-3, 0.1, 0.5, true), (p, g, _) => Plain.RmsProp(p, g, 0.02, 0.95, 1e-3, 0.1, 0.5, true)),
        ["Adam defaults"] = new(p => new Adam(p), (p, g, step) => Plain.Adam(p, g, step, 1e-3)),
        ["Adam betas 0"] = new(p => new Adam(p, 0.01, 0, 0), (p, g, step) => Plain.Adam(p, g, step, 0.01, 0, 0)),
        ["Adam everything"] = new(p => new Adam(p, 0.01, 0.8, 0.95, 1e-4, 0.3), (p, g, step) => Plain.Adam(p, g, step, 0.01, 0.8, 0.95, 1e-4, 0.3)),
        ["AdamW defaults"] = new(p => new AdamW(p), (p, g, step) => Plain.Adam(p, g, step, 1e-3, decay: 1e-2, decoupled: true)),
        ["AdamW everything"] = new(
            p => new AdamW(p, 0.02, 0.8, 0.9, 1e-4, 0.5), (p, g, step) => Plain.Adam(p, g, step, 0.02, 0.8, 0.9, 1e-4, 0.5, decoupled: true)),
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static OptimizerCase Get(string name) => ByName[name];

    /// <summary>The optimiser number <paramref name="seed"/> of an endless row with random options.</summary>
    public static OptimizerCase Random(int seed)
    {
        var random = new RandomSource(seed);
        double rate = random.NextSingle(1e-4f, 0.1f);
        double decay = random.NextInt(2) * random.NextSingle();
        double momentum = random.NextInt(2) * random.NextSingle(0.1f, 0.99f);
        double dampening = random.NextInt(2) * random.NextSingle();
        double beta1 = random.NextSingle(0, 0.99f);
        double beta2 = random.NextSingle(0.5f, 0.999f);
        double epsilon = random.NextSingle(1e-6f, 1e-2f);
        double initial = random.NextInt(2) * random.NextSingle();
        bool flag = random.NextInt(2) == 1;
        bool nesterov = flag && momentum != 0 && dampening == 0;
        return random.NextInt(5) switch
        {
            0 => new(p => new Sgd(p, rate, momentum, dampening, nesterov, decay), (p, g, step) => Plain.Sgd(p, g, step, rate, momentum, dampening, nesterov, decay)),
            1 => new(p => new AdaGrad(p, rate, dampening, decay, epsilon, initial), (p, g, step) => Plain.AdaGrad(p, g, step, rate, dampening, decay, epsilon), initial),
            2 => new(p => new RmsProp(p, rate, beta2, epsilon, decay, momentum, flag), (p, g, _) => Plain.RmsProp(p, g, rate, beta2, epsilon, decay, momentum, flag)),
            3 => new(p => new Adam(p, rate, beta1, beta2, epsilon, decay), (p, g, step) => Plain.Adam(p, g, step, rate, beta1, beta2, epsilon, decay)),
            _ => new(p => new AdamW(p, rate, beta1, beta2, epsilon, decay), (p, g, step) => Plain.Adam(p, g, step, rate, beta1, beta2, epsilon, decay, true)),
        };
    }

    /// <summary>One parameter of each length, with seeded values.</summary>
    public static Parameter[] Parameters(params int[] lengths) =>
        [.. lengths.Select((length, index) => new Parameter($"{index}.weight", Tensor.From(TestTensors.Random(index, length), length)))];

    /// <summary>Fills the gradient for a step: random, the same for every caller.</summary>
    public static void SetGradient(Parameter parameter, int seed) => TestTensors.Random(seed, parameter.Value.Length).CopyTo(parameter.Gradient.Span);
}

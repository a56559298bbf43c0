using FastConv.Optimizers;
using FastConv.Tensors;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Optimisers of nothing, of one parameter twice, with impossible numbers, and two of the same parameters.</summary>
internal static class OptimizerRows
{
    private static readonly (string Name, Func<IReadOnlyList<Parameter>, double, Optimizer> Create)[] Kinds =
    [
        ("Sgd", (parameters, rate) => new Sgd(parameters, rate)),
        ("Adam", (parameters, rate) => new Adam(parameters, rate)),
        ("AdamW", (parameters, rate) => new AdamW(parameters, rate)),
        ("AdaGrad", (parameters, rate) => new AdaGrad(parameters, rate)),
        ("RmsProp", (parameters, rate) => new RmsProp(parameters, rate)),
    ];

    public static HostileRow[] All =>
    [
        .. from kind in Kinds
           from row in OfKind($"new {kind.Name}", kind.Create)
           select row,
        Argument("new Sgd", "Nesterov without momentum", "Nesterov", call => _ = new Sgd(New(), nesterov: true), Negative),
        Range("new Sgd", "momentum 1", "Momentum expects a number of at least 0 and below 1", call => _ = new Sgd(New(), momentum: 1), Negative),
        Range("new Adam", "beta 1", "Beta1 expects a number of at least 0 and below 1", call => _ = new Adam(New(), beta1: 1), ZeroDivisor),
        Range("new AdamW", "weight decay NaN", "WeightDecay expects a finite number", call => _ = new AdamW(New(), weightDecay: double.NaN), NotFinite),
        Range("new AdaGrad", "epsilon -1", "Epsilon expects a finite number of at least 0", call => _ = new AdaGrad(New(), epsilon: -1), Negative),
        Range("new AdaGrad", "initial accumulator NaN", "expects a finite number of at least 0", call => _ = new AdaGrad(New(), initialAccumulator: double.NaN), NotFinite),
        Range("new RmsProp", "alpha 1", "Alpha expects a number of at least 0 and below 1", call => _ = new RmsProp(New(), alpha: 1), Negative),
        Argument("Optimizer.Create", "a name that there is not", "name expects one of sgd, momentum, adagrad, rmsprop, adam, adamw, received 'lion'", _ => Optimizer.Create("lion", New(), 0.1), Enumeration),
        Range("Optimizer.Step", "gradient scale NaN", "gradientScale expects a finite number", _ => new Sgd(New()).Step(double.NaN), NotFinite),
        Defined("Optimizer.Step", "a gradient of NaN", "that value is NaN, its neighbours are not", _ => AssertNaNStays(), NotFinite),
        Defined("Optimizer.Step", "a parameter of two optimisers", "both move it, and both may be dropped", _ => AssertShared(), Concurrency),
        Range("Optimizer.StepCount", "-1", "value", _ => new Sgd(New()).StepCount = -1, Negative),
        Range("Optimizer.StepCount", "long.MaxValue, then a step more", "value", _ => new Sgd(New()) { StepCount = long.MaxValue }.Step(), Overflow),
        Range("Optimizer.LearningRate", "NaN", "LearningRate expects a finite number of at least 0, received NaN", _ => new Sgd(New()).LearningRate = double.NaN, NotFinite),
        Range("Optimizer.MaxGradientNorm", "0", "MaxGradientNorm expects a number above 0 or null, received 0", _ => new Sgd(New()).MaxGradientNorm = 0, ZeroDivisor),
        Range("Optimizer.MaxGradientNorm", "NaN", "MaxGradientNorm expects a number above 0 or null, received NaN", _ => new Sgd(New()).MaxGradientNorm = double.NaN, NotFinite),
    ];

    private static HostileRow[] OfKind(string entry, Func<IReadOnlyList<Parameter>, double, Optimizer> create) =>
    [
        Missing(entry, "no list", "parameters", _ => create(null!, 0.1)),
        Argument(entry, "an empty list", "expects at least one parameter, received none", _ => create([], 0.1)),
        Missing(entry, "null among the parameters", "parameters", _ => create([null!], 0.1)),
        Argument(entry, "a parameter twice", "expects every parameter once, received 'p' twice", _ => { Parameter[] one = New(); create([one[0], one[0]], 0.1); }, Duplicate),
        Argument(entry, "two parameters of one memory", "shares them with another", _ => { Parameter[] one = New(); create([one[0], new Parameter("q", one[0].Value.Reshape(1, 2))], 0.1); }, Overlap),
        Range(entry, "a negative learning rate", "LearningRate expects a finite number of at least 0, received -1", _ => create(New(), -1), Negative),
        Range(entry, "an infinite learning rate", "LearningRate expects a finite number of at least 0", _ => create(New(), double.PositiveInfinity), NotFinite),
    ];

    private static Parameter[] New() => [new Parameter("p", Tensor.From([1, 2], 2))];

    private static void AssertNaNStays()
    {
        Parameter[] parameters = New();
        var optimizer = new Adam(parameters);
        parameters[0].Gradient.Span[0] = float.NaN;
        optimizer.Step();
        Assert.True(float.IsNaN(parameters[0].Value.Span[0]) && float.IsFinite(parameters[0].Value.Span[1]));
    }

    private static void AssertShared()
    {
        Parameter[] parameters = New();
        var first = new Sgd(parameters, 1);
        var second = new Sgd(parameters, 1);
        parameters[0].Gradient.Span.Fill(1);
        first.Step();
        second.Step();
        Assert.Equal([-1, 0], parameters[0].Value.Span.ToArray());
        second.ZeroGradients();
        Assert.Equal([0, 0], parameters[0].Gradient.Span.ToArray());
    }
}

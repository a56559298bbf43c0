using FastConv.Losses;
using FastConv.Primitives;
using Plain = FastConv.Tests.Reference.ElementLossReference;

namespace FastConv.Tests.Cases;

internal delegate float LossForward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

internal delegate void LossBackward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction);

/// <summary>An elementwise loss: its primitives, its class, its plain version, and the predictions it takes.</summary>
internal sealed record ElementLossCase(
    string Op,
    LossForward Forward,
    LossBackward Backward,
    Func<Loss> Create,
    Func<double, double, double> PlainValue,
    Func<double, double, double> PlainGradient,
    float Low = -4,
    float High = 4)
{
    public float[] Predictions(int seed, int length) => TestTensors.Random(seed, length, Low, High);

    public static float[] Targets(int seed, int length) => TestTensors.Random(seed, length, 0, 1);

    public double PlainMean(double[] prediction, double[] target) => prediction.Zip(target, PlainValue).Sum() / prediction.Length;

    public double[] PlainBackward(double[] prediction, double[] target) =>
        [.. prediction.Zip(target, (x, t) => PlainGradient(x, t) / prediction.Length)];
}

/// <summary>Every elementwise loss, by name.</summary>
internal static class ElementLossCases
{
    private static readonly Dictionary<string, ElementLossCase> ByName = new()
    {
        ["Mse"] = new("Mse", MsePrimitives.Forward, MsePrimitives.Backward, () => new MseLoss(), Plain.Mse, Plain.MseGradient),
        ["L1"] = new("L1", L1Primitives.Forward, L1Primitives.Backward, () => new L1Loss(), Plain.L1, Plain.L1Gradient),
        ["Huber"] = Huber(1),
        ["Huber, another delta"] = Huber(0.75),
        ["Bce"] = new("Bce", BcePrimitives.Forward, BcePrimitives.Backward, () => new BceLoss(), Plain.Bce, Plain.BceGradient, 0.02f, 0.98f),
        ["BceWithLogits"] = new(
            "BceWithLogits",
            BceWithLogitsPrimitives.Forward,
            BceWithLogitsPrimitives.Backward,
            () => new BceWithLogitsLoss(),
            Plain.BceWithLogits,
            Plain.BceWithLogitsGradient),
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static ElementLossCase Get(string name) => ByName[name];

    private static ElementLossCase Huber(double delta) => new(
        "Huber",
        (prediction, target) => HuberPrimitives.Forward(prediction, target, delta),
        (prediction, target, gradPrediction) => HuberPrimitives.Backward(prediction, target, gradPrediction, delta),
        () => new HuberLoss(delta),
        (x, t) => Plain.Huber(x, t, delta),
        (x, t) => Plain.HuberGradient(x, t, delta));
}

using FastConv.Primitives;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>Losses and their gradients.</summary>
internal static class GuardedLosses
{
    private delegate float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    private delegate void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction);

    private static readonly (string Name, Forward Forward, Backward Backward)[] All =
    [
        ("MSE", MsePrimitives.Forward, MsePrimitives.Backward),
        ("L1", L1Primitives.Forward, L1Primitives.Backward),
        ("Huber", (p, t) => HuberPrimitives.Forward(p, t), (p, t, g) => HuberPrimitives.Backward(p, t, g)),
        ("BCE", BcePrimitives.Forward, BcePrimitives.Backward),
        ("BCE through a sigmoid", BcePrimitives.Forward, BcePrimitives.BackwardThroughSigmoid),
        ("BCE with logits", BceWithLogitsPrimitives.Forward, BceWithLogitsPrimitives.Backward),
    ];

    public static void Elements(GuardedMemory memory, RandomSource random)
    {
        int length = 1 + random.NextInt(300);
        foreach ((string name, Forward forward, Backward backward) in All)
        {
            memory.Begin($"{name} of {length}");
            forward(memory.Values(length, 0, 1), memory.Values(length, 0, 1));
            backward(memory.Values(length, 0, 1), memory.Values(length, 0, 1), memory.Room(length));
        }
    }

    public static void Labels(GuardedMemory memory, RandomSource random)
    {
        (int rows, int classes) = Sizes(random);
        memory.Begin($"cross-entropy and NLL, labels, {rows} x {classes}");
        Span<float> probabilities = memory.Room(rows * classes);
        ReadOnlySpan<int> labels = memory.Labels(rows, classes);
        CrossEntropyPrimitives.Forward(rows, classes, memory.Values(rows * classes), labels, probabilities);
        CrossEntropyPrimitives.Backward(rows, classes, probabilities, labels, memory.Room(rows * classes));
        ReadOnlySpan<float> weights = memory.Values(classes, 0.5f, 1);
        NllPrimitives.Forward(rows, classes, memory.Values(rows * classes), labels, weights);
        NllPrimitives.Backward(rows, classes, labels, memory.Room(rows * classes), weights);
    }

    public static void Targets(GuardedMemory memory, RandomSource random)
    {
        (int rows, int classes) = Sizes(random);
        memory.Begin($"cross-entropy and NLL, distributions, {rows} x {classes}");
        Span<float> probabilities = memory.Room(rows * classes);
        ReadOnlySpan<float> targets = memory.Values(rows * classes, 0, 1);
        CrossEntropyPrimitives.Forward(rows, classes, memory.Values(rows * classes), targets, probabilities);
        CrossEntropyPrimitives.Backward(rows, classes, probabilities, targets, memory.Room(rows * classes));
        NllPrimitives.Forward(rows, classes, memory.Values(rows * classes), targets);
        NllPrimitives.Backward(rows, classes, targets, memory.Room(rows * classes));
    }

    private static (int Rows, int Classes) Sizes(RandomSource random) => (1 + random.NextInt(20), 1 + random.NextInt(70));
}

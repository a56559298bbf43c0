using FastConv.Primitives;
using FastConv.Randomness;

namespace FastConv.Tests.Cases;

/// <summary>A batch of scores with labels and soft targets, and what the loss is told.</summary>
internal sealed record ClassLossCase(
    int Rows, int Classes, float[] Logits, int[] Labels, float[] Targets, float Smoothing = 0, float[]? Weights = null, int Ignored = -100)
{
    public CrossEntropyOptions Options => new() { LabelSmoothing = Smoothing, ClassWeights = Weights, IgnoreIndex = Ignored };

    public double[]? PlainWeights => Weights is null ? null : TestTensors.ToDouble(Weights);
}

/// <summary>Named and random batches.</summary>
internal static class ClassLossCases
{
    private static readonly Dictionary<string, ClassLossCase> ByName = new()
    {
        ["one row, one class"] = Create(1, 1),
        ["one class"] = Create(4, 1),
        ["two classes"] = Create(7, 2),
        ["ten classes"] = Create(16, 10),
        ["one row"] = Create(1, 17),
        ["smoothing"] = Create(5, 9) with { Smoothing = 0.1f },
        ["all smoothing"] = Create(5, 9) with { Smoothing = 1 },
        ["weights"] = Create(6, 4) with { Weights = [0.5f, 2, 1, 0.25f] },
        ["weights of 0"] = Create(12, 3) with { Weights = [0, 2, 1] },
        ["weights and smoothing"] = Create(6, 4) with { Weights = [0.5f, 2, 1, 0.25f], Smoothing = 0.3f },
        ["ignored rows"] = Ignoring(Create(8, 5), -100, 0, 3, 7),
        ["a class ignored"] = Create(12, 3) with { Ignored = 1 },
        ["everything"] = Ignoring(Create(9, 4), -1, 2, 8) with { Weights = [0.5f, 2, 1, 0.25f], Smoothing = 0.2f },
        ["logits of 10000"] = Extreme(),
        ["logits of 10000, smoothing"] = Extreme() with { Smoothing = 0.1f },
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static ClassLossCase Get(string name) => ByName[name];

    /// <summary>The batch number <paramref name="seed"/> of an endless row.</summary>
    public static ClassLossCase Random(int seed)
    {
        var random = new RandomSource(seed);
        ClassLossCase batch = Create(1 + random.NextInt(20), 1 + random.NextInt(35), seed);
        return batch with
        {
            Smoothing = random.NextInt(2) * random.NextSingle(),
            Weights = random.NextInt(2) == 0 ? null : TestTensors.Random(seed, batch.Classes, 0.1f, 2),
            Ignored = batch.Classes > 3 && batch.Labels.Any(label => label != 0) && random.NextInt(2) == 0 ? 0 : -100,
        };
    }

    public static ClassLossCase Create(int rows, int classes, int seed = 1)
    {
        var random = new RandomSource(seed, 1);
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(classes))];
        return new ClassLossCase(
            rows, classes, TestTensors.Random(seed, rows * classes, -5, 5), labels, TestTensors.Random(seed + 1, rows * classes, 0, 1));
    }

    private static ClassLossCase Ignoring(ClassLossCase batch, int ignored, params int[] rows)
    {
        foreach (int row in rows)
        {
            batch.Labels[row] = ignored;
        }

        return batch with { Ignored = ignored };
    }

    private static ClassLossCase Extreme() => new(
        4,
        3,
        [1e4f, -1e4f, 0, -1e4f, -1e4f, -1e4f, 1e4f, 1e4f, 9999, 3, 2, 1],
        [1, 2, 0, 1],
        [0, 1, 0, 0.2f, 0.3f, 0.5f, 1, 0, 0, 0.5f, 0.5f, 0]);
}

using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

/// <summary>Layers that run as one against the same layers, each in a chain of its own, where nothing can be fused.</summary>
public sealed class LayerFusionTests
{
    private static readonly int[] Image = [3, 2, 9, 8];
    private static readonly int[] Rows = [5, 7];

    public static TheoryData<string> Chains => [.. Cases.Keys];

    private static Dictionary<string, (int[] Input, Func<Layer[]> Layers)> Cases { get; } = new()
    {
        ["conv relu"] = (Image, () => [new Conv2d(2, 5, 3, padding: 1), new ReLU()]),
        ["conv norm"] = (Image, () => [new Conv2d(2, 5, 3, bias: false), new BatchNorm2d(5)]),
        ["conv norm relu"] = (Image, () => [new Conv2d(2, 5, 3, padding: 1), new BatchNorm2d(5), new ReLU()]),
        ["conv plain norm relu"] = (Image, () => [new Conv2d(2, 5, 3), new BatchNorm2d(5, affine: false), new ReLU()]),
        ["depthwise norm relu conv relu"] = (Image, () =>
            [new Conv2d(2, 2, 3, padding: 1, groups: 2), new BatchNorm2d(2), new ReLU(), new Conv2d(2, 4, 1), new ReLU()]),
        ["norm relu"] = (Image, () => [new BatchNorm2d(2), new ReLU()]),
        ["linear relu"] = (Rows, () => [new Linear(7, 19), new ReLU()]),
        ["linear without bias relu"] = (Rows, () => [new Linear(7, 19, bias: false), new ReLU()]),
        ["linear norm relu linear"] = (Rows, () => [new Linear(7, 33), new BatchNorm1d(33), new ReLU(), new Linear(33, 2)]),
        ["conv relu relu"] = (Image, () => [new Conv2d(2, 5, 3), new ReLU(), new ReLU()]),
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Fused_and_unfused_agree(string chain)
    {
        (int[] dimensions, Func<Layer[]> layers) = Cases[chain];
        var fused = new Sequential(layers());
        var apart = new Sequential([.. layers().Select(layer => new Sequential(layer))]);
        foreach (Sequential model in (Sequential[])[fused, apart])
        {
            Start(model);
        }

        for (int batch = dimensions[0]; batch >= 2; batch--)
        {
            int length = batch * dimensions.AsSpan(1).ToArray().Aggregate(1, (product, size) => product * size);
            Tensor input = Tensor.From(TestTensors.Random(batch, length), [batch, .. dimensions[1..]]);
            AssertSamePasses(fused, apart, input, chain);
            fused.Eval();
            apart.Eval();
            AssertSamePasses(fused, apart, input, $"{chain} in evaluation");
            TestTensors.AssertClose(TestTensors.ToDouble(apart.Predict(input).Values), fused.Predict(input).Values, context: $"{chain}: prediction");
            fused.Train();
            apart.Train();
        }
    }

    [Fact]
    public void Folded_weights_follow_every_tensor_they_are_made_of()
    {
        var model = new Sequential(new Conv2d(2, 5, 3), new BatchNorm2d(5), new ReLU());
        Start(model);
        Tensor input = Tensor.From(TestTensors.Random(1, 2 * 2 * 9 * 8), 2, 2, 9, 8);
        model.Eval();
        foreach (var entry in model.State)
        {
            float[] before = model.Predict(input).Values.ToArray();
            entry.Value.Span[0] += 0.5f;
            float[] after = model.Predict(input).Values.ToArray();
            Assert.Equal(entry.Kind != StateKind.Counter, !before.AsSpan().SequenceEqual(after));
            TestTensors.AssertClose(TestTensors.ToDouble(model.Forward(input).Values), after, context: entry.Name);
        }
    }

    [Fact]
    public void The_summary_shows_what_runs_in_another_layer()
    {
        var model = new Sequential(new Conv2d(2, 5, 3), new BatchNorm2d(5), new ReLU(), new MaxPool2d(2), new Flatten(), Linear.Lazy(3), new ReLU());
        string summary = model.Summary(2, 8, 8);
        Assert.Contains("\n1 BatchNorm2d (in 0)  ", summary, StringComparison.Ordinal);
        Assert.Contains("\n2 ReLU (in 0)  ", summary, StringComparison.Ordinal);
        Assert.Contains("\n3 MaxPool2d  ", summary, StringComparison.Ordinal);
        Assert.Contains("\n6 ReLU (in 5)  ", summary, StringComparison.Ordinal);
    }

    private static void AssertSamePasses(Sequential fused, Sequential apart, Tensor input, string context)
    {
        TestTensors.AssertSameBits(apart.Forward(input).Values, fused.Forward(input).Values, $"{context}: output");
        Tensor gradOutput = Tensor.From(TestTensors.Random(9, fused.LastOutput.Length), fused.LastOutput.Shape.Dimensions);
        foreach (Sequential model in (Sequential[])[fused, apart])
        {
            foreach (Parameter parameter in model.Parameters)
            {
                parameter.Gradient.Span.Clear();
            }
        }

        Tensor expected = apart.Backward(gradOutput)!;
        TestTensors.AssertSameBits(expected.Values, fused.Backward(gradOutput)!.Values, $"{context}: gradient");
        for (int index = 0; index < fused.State.Count; index++)
        {
            TestTensors.AssertSameBits(apart.State[index].Value.Values, fused.State[index].Value.Values, $"{context}: {fused.State[index].Name}");
        }

        for (int index = 0; index < fused.Parameters.Count; index++)
        {
            TestTensors.AssertSameBits(
                apart.Parameters[index].Gradient.Values, fused.Parameters[index].Gradient.Values, $"{context}: gradient of {fused.Parameters[index].Name}");
        }
    }

    private static void Start(Sequential model)
    {
        int seed = 0;
        foreach (var entry in model.State)
        {
            float low = entry.Name.EndsWith("var", StringComparison.Ordinal) ? 0.5f : -1;
            TestTensors.Random(++seed, entry.Value.Length, low).CopyTo(entry.Value.Span);
        }
    }
}

using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;
using Plain = FastConv.Tests.Reference.ClassLossReference;

namespace FastConv.Tests.Primitives;

public sealed class NllTests
{
    public static TheoryData<string> Names => ClassLossCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_batches_agree_with_the_plain_version(string name) => AssertAgrees(ClassLossCases.Get(name), name);

    [Fact]
    public void Random_batches_agree_with_the_plain_version()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            AssertAgrees(ClassLossCases.Random(seed), $"batch {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plain_backward_agrees_with_finite_differences(string name)
    {
        ClassLossCase batch = ClassLossCases.Get(name);
        double[] scores = TestTensors.ToDouble(batch.Logits.Select(value => Math.Clamp(value, -20, 20)).ToArray());
        double[] targets = TestTensors.ToDouble(batch.Targets);
        FiniteDifference.AssertMatches(
            x => [Plain.Labels(batch.Classes, x, batch.Labels, 0, batch.PlainWeights, batch.Ignored)],
            scores,
            [1],
            Plain.LabelsBackward(batch.Classes, batch.Labels, 0, batch.PlainWeights, batch.Ignored),
            1e-8);
        FiniteDifference.AssertMatches(
            x => [Plain.Soft(batch.Classes, x, targets, 0, batch.PlainWeights)],
            scores,
            [1],
            Plain.SoftBackward(batch.Classes, targets, 0, batch.PlainWeights),
            1e-8);
    }

    [Fact]
    public void A_batch_of_ignored_rows_has_the_loss_NaN_and_no_gradient()
    {
        float[] gradient = TestTensors.NaNs(6);
        Assert.Equal(float.NaN, NllPrimitives.Forward(2, 3, new float[6], [7, 7], ignoreIndex: 7));
        NllPrimitives.Backward(2, 3, [7, 7], gradient, ignoreIndex: 7);
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Only_the_labels_log_probabilities_count()
    {
        float[] impossible = [float.NegativeInfinity, 0, float.NegativeInfinity];
        Assert.Equal(0, NllPrimitives.Forward(1, 3, impossible, [1]));
        Assert.Equal(0, NllPrimitives.Forward(1, 3, impossible, [0f, 1, 0]));
    }

    private static void AssertAgrees(ClassLossCase batch, string context)
    {
        // Log-probabilities are not above 0, so the terms of a loss do not cancel.
        float[] logProbabilities = [.. batch.Logits.Select(value => -MathF.Abs(value))];
        double[] scores = TestTensors.ToDouble(logProbabilities);
        double[] targets = TestTensors.ToDouble(batch.Targets);
        float[] gradient = TestTensors.NaNs(batch.Logits.Length);

        float loss = NllPrimitives.Forward(batch.Rows, batch.Classes, logProbabilities, batch.Labels, batch.Weights, batch.Ignored);
        NllPrimitives.Backward(batch.Rows, batch.Classes, batch.Labels, gradient, batch.Weights, batch.Ignored);
        TestTensors.AssertClose(
            [Plain.Labels(batch.Classes, scores, batch.Labels, 0, batch.PlainWeights, batch.Ignored)], [loss], 1e-6, $"{context}: loss of labels");
        TestTensors.AssertClose(
            Plain.LabelsBackward(batch.Classes, batch.Labels, 0, batch.PlainWeights, batch.Ignored), gradient, 1e-6, $"{context}: gradient of labels");

        gradient.AsSpan().Fill(float.NaN);
        loss = NllPrimitives.Forward(batch.Rows, batch.Classes, logProbabilities, batch.Targets, batch.Weights);
        NllPrimitives.Backward(batch.Rows, batch.Classes, batch.Targets, gradient, batch.Weights);
        TestTensors.AssertClose([Plain.Soft(batch.Classes, scores, targets, 0, batch.PlainWeights)], [loss], 1e-6, $"{context}: loss of targets");
        TestTensors.AssertClose(Plain.SoftBackward(batch.Classes, targets, 0, batch.PlainWeights), gradient, 1e-6, $"{context}: gradient of targets");
    }
}

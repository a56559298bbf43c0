using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;
using Plain = FastConv.Tests.Reference.ClassLossReference;

namespace FastConv.Tests.Primitives;

public sealed class CrossEntropyTests
{
    public static TheoryData<string> Names => ClassLossCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_batches_agree_with_the_plain_version(string name) => AssertAgrees(ClassLossCases.Get(name), name);

    [Fact]
    public void Random_batches_agree_with_the_plain_version()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            AssertAgrees(ClassLossCases.Random(seed), $"batch {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plain_backward_agrees_with_finite_differences(string name)
    {
        ClassLossCase batch = ClassLossCases.Get(name);
        double[] logits = TestTensors.ToDouble(batch.Logits.Select(value => Math.Clamp(value, -20, 20)).ToArray());
        double[] targets = TestTensors.ToDouble(batch.Targets);
        FiniteDifference.AssertMatches(x => [PlainLabels(batch, x)], logits, [1], PlainLabelsBackward(batch, logits), 1e-8);
        FiniteDifference.AssertMatches(x => [PlainSoft(batch, x, targets)], logits, [1], PlainSoftBackward(batch, logits, targets), 1e-8);
    }

    [Fact]
    public void One_hot_targets_are_labels()
    {
        ClassLossCase batch = ClassLossCases.Create(6, 7);
        float[] oneHot = new float[batch.Targets.Length];
        for (int row = 0; row < batch.Rows; row++)
        {
            oneHot[row * batch.Classes + batch.Labels[row]] = 1;
        }

        float[] probabilities = new float[oneHot.Length];
        float[] byLabels = new float[oneHot.Length];
        float[] byTargets = new float[oneHot.Length];
        Assert.Equal(
            CrossEntropyPrimitives.Forward(6, 7, batch.Logits, batch.Labels, probabilities),
            CrossEntropyPrimitives.Forward(6, 7, batch.Logits, oneHot, probabilities));
        CrossEntropyPrimitives.Backward(6, 7, probabilities, batch.Labels, byLabels);
        CrossEntropyPrimitives.Backward(6, 7, probabilities, oneHot, byTargets);
        TestTensors.AssertSameBits(byLabels, byTargets);
    }

    [Fact]
    public void A_batch_of_ignored_rows_has_the_loss_NaN_and_no_gradient()
    {
        ClassLossCase batch = ClassLossCases.Create(3, 4) with { Smoothing = 0.1f, Weights = [1, 2, 3, 4] };
        int[] labels = [-100, -100, -100];
        float[] probabilities = TestTensors.NaNs(12);
        float[] gradient = TestTensors.NaNs(12);
        Assert.Equal(float.NaN, CrossEntropyPrimitives.Forward(3, 4, batch.Logits, labels, probabilities, batch.Options));
        CrossEntropyPrimitives.Backward(3, 4, probabilities, labels, gradient, batch.Options);
        Assert.All(gradient, value => Assert.Equal(0, value));
        Assert.All(probabilities, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void A_class_ruled_out_by_its_logit_costs_nothing_unless_it_was_right()
    {
        float[] probabilities = new float[3];
        float[] logits = [0, float.NegativeInfinity, 0];
        Assert.Equal(MathF.Log(2), CrossEntropyPrimitives.Forward(1, 3, logits, [0], probabilities), 1e-6f);
        Assert.Equal([0.5f, 0, 0.5f], probabilities);
        Assert.Equal(float.PositiveInfinity, CrossEntropyPrimitives.Forward(1, 3, logits, [1], probabilities));
        Assert.Equal(MathF.Log(2), CrossEntropyPrimitives.Forward(1, 3, logits, [1f, 0, 0], probabilities), 1e-6f);
    }

    [Fact]
    public void NaN_in_a_logit_reaches_the_loss_and_its_own_row_of_the_gradient()
    {
        ClassLossCase batch = ClassLossCases.Create(2, 3);
        batch.Logits[4] = float.NaN;
        float[] probabilities = new float[6];
        Assert.Equal(float.NaN, CrossEntropyPrimitives.Forward(2, 3, batch.Logits, batch.Labels, probabilities));
        CrossEntropyPrimitives.Backward(2, 3, probabilities, batch.Labels, probabilities);
        Assert.Equal([false, false, false, true, true, true], probabilities.Select(float.IsNaN));
    }

    [Fact]
    public void The_gradient_may_overwrite_the_probabilities_or_the_targets()
    {
        ClassLossCase batch = ClassLossCases.Create(5, 7);
        float[] probabilities = new float[35];
        float[] expected = new float[35];
        CrossEntropyPrimitives.Forward(5, 7, batch.Logits, batch.Targets, probabilities, batch.Options);
        CrossEntropyPrimitives.Backward(5, 7, probabilities, batch.Targets, expected, batch.Options);
        float[] overTargets = [.. batch.Targets];
        CrossEntropyPrimitives.Backward(5, 7, probabilities, overTargets, overTargets, batch.Options);
        TestTensors.AssertSameBits(expected, overTargets);
        CrossEntropyPrimitives.Backward(5, 7, probabilities, batch.Targets, probabilities, batch.Options);
        TestTensors.AssertSameBits(expected, probabilities);
    }

    private static void AssertAgrees(ClassLossCase batch, string context)
    {
        double[] logits = TestTensors.ToDouble(batch.Logits);
        double[] targets = TestTensors.ToDouble(batch.Targets);
        double[] expectedProbabilities = [.. Plain.LogSoftmax(batch.Classes, logits).Select(Math.Exp)];
        float[] probabilities = TestTensors.NaNs(batch.Logits.Length);
        float[] gradient = TestTensors.NaNs(batch.Logits.Length);

        float loss = CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Labels, probabilities, batch.Options);
        CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Labels, gradient, batch.Options);
        TestTensors.AssertClose([PlainLabels(batch, logits)], [loss], 1e-6, $"{context}: loss of labels");
        TestTensors.AssertClose(expectedProbabilities, probabilities, 1e-6, $"{context}: probabilities");
        TestTensors.AssertClose(PlainLabelsBackward(batch, logits), gradient, 2e-6, $"{context}: gradient of labels");

        probabilities.AsSpan().Fill(float.NaN);
        gradient.AsSpan().Fill(float.NaN);
        loss = CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Targets, probabilities, batch.Options);
        CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Targets, gradient, batch.Options);
        TestTensors.AssertClose([PlainSoft(batch, logits, targets)], [loss], 1e-6, $"{context}: loss of targets");
        TestTensors.AssertClose(PlainSoftBackward(batch, logits, targets), gradient, 2e-6, $"{context}: gradient of targets");
    }

    private static double PlainLabels(ClassLossCase batch, double[] logits) =>
        Plain.Labels(batch.Classes, Plain.LogSoftmax(batch.Classes, logits), batch.Labels, batch.Smoothing, batch.PlainWeights, batch.Ignored);

    private static double[] PlainLabelsBackward(ClassLossCase batch, double[] logits) => Plain.LogSoftmaxBackward(
        batch.Classes,
        Plain.LogSoftmax(batch.Classes, logits),
        Plain.LabelsBackward(batch.Classes, batch.Labels, batch.Smoothing, batch.PlainWeights, batch.Ignored));

    private static double PlainSoft(ClassLossCase batch, double[] logits, double[] targets) =>
        Plain.Soft(batch.Classes, Plain.LogSoftmax(batch.Classes, logits), targets, batch.Smoothing, batch.PlainWeights);

    private static double[] PlainSoftBackward(ClassLossCase batch, double[] logits, double[] targets) => Plain.LogSoftmaxBackward(
        batch.Classes, Plain.LogSoftmax(batch.Classes, logits), Plain.SoftBackward(batch.Classes, targets, batch.Smoothing, batch.PlainWeights));
}

[Collection(ThreadCases.Collection)]
public sealed class CrossEntropyThreadTests
{
    [Theory]
    [InlineData(7001, 10)]
    [InlineData(70, 1001)]
    [InlineData(3, 20_000)]
    public void Results_have_the_same_bits_on_any_number_of_threads(int rows, int classes)
    {
        ClassLossCase batch = ClassLossCases.Create(rows, classes);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] probabilities = TestTensors.NaNs(batch.Logits.Length);
            float[] gradient = TestTensors.NaNs(batch.Logits.Length);
            float loss = CrossEntropyPrimitives.Forward(rows, classes, batch.Logits, batch.Labels, probabilities);
            CrossEntropyPrimitives.Backward(rows, classes, probabilities, batch.Labels, gradient);
            return [loss, NllPrimitives.Forward(rows, classes, batch.Logits, batch.Labels), .. probabilities, .. gradient];
        });
    }
}

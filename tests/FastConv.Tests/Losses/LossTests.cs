using FastConv.Losses;
using FastConv.Primitives;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Losses;

public sealed class LossTests
{
    public static TheoryData<string> ElementNames => ElementLossCases.Names;

    [Theory]
    [MemberData(nameof(ElementNames))]
    public void Elementwise_losses_take_any_shape_and_return_their_primitives_results(string name)
    {
        ElementLossCase lossCase = ElementLossCases.Get(name);
        Tensor prediction = Tensor.From(lossCase.Predictions(1, 24), 2, 3, 4);
        Tensor target = Tensor.From(ElementLossCase.Targets(2, 24), 2, 3, 4);
        Loss loss = lossCase.Create();
        Assert.Equal(lossCase.Forward(prediction.Span, target.Span), loss.Forward(prediction, target));
        Tensor gradient = loss.Backward();
        Assert.Equal(prediction.Shape, gradient.Shape);
        float[] expected = new float[24];
        lossCase.Backward(prediction.Span, target.Span, expected);
        TestTensors.AssertSameBits(expected, gradient.Span);
    }

    [Theory]
    [MemberData(nameof(ElementNames))]
    public void Labels_are_the_target_of_one_column_and_one_hot_rows_of_several(string name)
    {
        ElementLossCase lossCase = ElementLossCases.Get(name);
        Loss loss = lossCase.Create();
        AssertLabels(loss, Tensor.From(lossCase.Predictions(1, 4), 4, 1), [0, 1, 1, 0], Tensor.From([0, 1, 1, 0], 4, 1));
        AssertLabels(loss, Tensor.From(lossCase.Predictions(2, 9), 3, 3), [2, 0, 1], Tensor.From([0, 0, 1, 1, 0, 0, 0, 1, 0], 3, 3));
        AssertLabels(loss, Tensor.From(lossCase.Predictions(3, 9), 3, 3), [0, 0, 2], Tensor.From([1, 0, 0, 1, 0, 0, 0, 0, 1], 3, 3));
    }

    [Fact]
    public void A_single_column_of_a_regression_takes_any_label()
    {
        Assert.Equal(9, new MseLoss().Forward(Tensor.From([4f], 1, 1), [7]));
        Assert.Equal(11, new L1Loss().Forward(Tensor.From([4f], 1, 1), [-7]));
    }

    [Fact]
    public void Cross_entropy_takes_labels_and_targets_with_all_options()
    {
        ClassLossCase batch = ClassLossCases.Get("everything");
        var loss = new CrossEntropyLoss(batch.Smoothing, batch.Weights, batch.Ignored);
        Tensor logits = Tensor.From(batch.Logits, batch.Rows, batch.Classes);
        float[] probabilities = new float[logits.Length];
        float[] expected = new float[logits.Length];
        Assert.Equal(
            CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Labels, probabilities, batch.Options),
            loss.Forward(logits, batch.Labels));
        CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Labels, expected, batch.Options);
        TestTensors.AssertSameBits(expected, loss.Backward().Span);

        Assert.Equal(
            CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Targets, probabilities, batch.Options),
            loss.Forward(logits, Tensor.From(batch.Targets, batch.Rows, batch.Classes)));
        CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Targets, expected, batch.Options);
        TestTensors.AssertSameBits(expected, loss.Backward().Span);
    }

    [Fact]
    public void Negative_log_likelihood_takes_labels_and_targets_with_all_options()
    {
        ClassLossCase batch = ClassLossCases.Get("everything");
        var loss = new NllLoss(batch.Weights, batch.Ignored);
        Tensor scores = Tensor.From(batch.Logits, batch.Rows, batch.Classes);
        float[] expected = new float[scores.Length];
        Assert.Equal(NllPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Labels, batch.Weights, batch.Ignored), loss.Forward(scores, batch.Labels));
        NllPrimitives.Backward(batch.Rows, batch.Classes, batch.Labels, expected, batch.Weights, batch.Ignored);
        TestTensors.AssertSameBits(expected, loss.Backward().Span);

        Assert.Equal(
            NllPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Targets, batch.Weights),
            loss.Forward(scores, Tensor.From(batch.Targets, batch.Rows, batch.Classes)));
        NllPrimitives.Backward(batch.Rows, batch.Classes, batch.Targets, expected, batch.Weights);
        TestTensors.AssertSameBits(expected, loss.Backward().Span);
    }

    [Fact]
    public void Labels_are_remembered_by_value_and_a_smaller_batch_forgets_the_rest()
    {
        var loss = new CrossEntropyLoss();
        int[] labels = [1, 2, 0];
        loss.Forward(Tensor.From(TestTensors.Random(1, 9), 3, 3), labels);
        float[] expected = loss.Backward().Span.ToArray();
        Array.Fill(labels, 0);
        TestTensors.AssertSameBits(expected, loss.Backward().Span);

        Tensor small = Tensor.From(TestTensors.Random(1, 6), 2, 3);
        loss.Forward(small, [2, 1]);
        var fresh = new CrossEntropyLoss();
        fresh.Forward(small, [2, 1]);
        TestTensors.AssertSameBits(fresh.Backward().Span, loss.Backward().Span);
    }

    [Fact]
    public void The_gradient_s_memory_is_the_loss_s_own_and_reused()
    {
        foreach (Loss loss in All())
        {
            Tensor prediction = Tensor.From(TestTensors.Random(1, 6, 0.1f, 0.9f), 2, 3);
            loss.Forward(prediction, [0, 1]);
            Tensor first = loss.Backward();
            Assert.False(first.Span.Overlaps(prediction.Span));
            loss.Forward(prediction, prediction.Clone());
            Assert.Same(first, loss.Backward());
            loss.Forward(Tensor.From(TestTensors.Random(1, 3, 0.1f, 0.9f), 1, 3), [2]);
            Assert.Equal([1, 3], loss.Backward().Shape);
        }
    }

    [Fact]
    public void A_warm_forward_and_backward_allocate_nothing()
    {
        Tensor prediction = Tensor.From(TestTensors.Random(1, 320, 0.1f, 0.9f), 32, 10);
        Tensor column = Tensor.From(TestTensors.Random(1, 32, 0.1f, 0.9f), 32, 1);
        Tensor target = prediction.Clone();
        int[] labels = [.. Enumerable.Range(0, 32).Select(row => row % 10)];
        int[] binary = [.. labels.Select(label => label % 2)];
        foreach (Loss loss in All())
        {
            Assert.Equal(0, WarmAllocations(() => loss.Forward(prediction, labels), loss));
            Assert.Equal(0, WarmAllocations(() => loss.Forward(prediction, target), loss));
            if (loss is not CrossEntropyLoss and not NllLoss)
            {
                Assert.Equal(0, WarmAllocations(() => loss.Forward(column, binary), loss));
            }
        }
    }

    [Fact]
    public void A_batch_that_changes_between_two_sizes_allocates_nothing()
    {
        Tensor full = Tensor.From(TestTensors.Random(1, 320, 0.1f, 0.9f), 32, 10);
        Tensor last = Tensor.From(TestTensors.Random(2, 70, 0.1f, 0.9f), 7, 10);
        int[] labels = [.. Enumerable.Range(0, 32).Select(row => row % 10)];
        foreach (Loss loss in All())
        {
            AllocationCases.AssertWarmCallAllocatesNothingHere(() =>
            {
                loss.Forward(full, labels);
                loss.Backward();
                loss.Forward(last, labels.AsSpan(0, 7));
                loss.Backward();
            });
            loss.Forward(full, labels);
            Tensor gradient = loss.Backward();
            loss.Forward(last, labels.AsSpan(0, 7));
            loss.Backward();
            loss.Forward(full, labels);
            Assert.Same(gradient, loss.Backward());
        }
    }

    [Fact]
    public void Thresholds_lie_where_a_single_column_decides()
    {
        Assert.Equal(0.5f, new MseLoss().DecisionThreshold);
        Assert.Equal(0.5f, new L1Loss().DecisionThreshold);
        Assert.Equal(0.5f, new HuberLoss().DecisionThreshold);
        Assert.Equal(0.5f, new BceLoss().DecisionThreshold);
        Assert.Equal(0, new BceWithLogitsLoss().DecisionThreshold);
        Assert.Equal(0, new CrossEntropyLoss().DecisionThreshold);
        Assert.Equal(MathF.Log(0.5f), new NllLoss().DecisionThreshold);
    }

    [Fact]
    public void The_defaults_are_PyTorch_s()
    {
        Assert.Equal((0.0, 0, -100), (new CrossEntropyLoss().Options.LabelSmoothing, new CrossEntropyLoss().Options.ClassWeights.Length, new CrossEntropyLoss().Options.IgnoreIndex));
        Assert.Equal((0, -100), (new NllLoss().ClassWeights.Length, new NllLoss().IgnoreIndex));
        Assert.Equal(1, new HuberLoss().Delta);
    }

    internal static Loss[] All() =>
    [
        new CrossEntropyLoss(0.1), new NllLoss(), new BceLoss(), new BceWithLogitsLoss(),
        new MseLoss(), new L1Loss(), new HuberLoss(0.5),
    ];

    private static long WarmAllocations(Func<float> forward, Loss loss)
    {
        for (int warmUp = 0; warmUp < 3; warmUp++)
        {
            forward();
            loss.Backward();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        forward();
        loss.Backward();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertLabels(Loss loss, Tensor prediction, int[] labels, Tensor target)
    {
        float expected = loss.Forward(prediction, target);
        float[] expectedGradient = loss.Backward().Span.ToArray();
        Assert.Equal(expected, loss.Forward(prediction, labels));
        TestTensors.AssertSameBits(expectedGradient, loss.Backward().Span);
    }
}

using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class EvaluationTests
{
    private static readonly SyntheticDigits Digits = TrainingCases.TinyDigits(23);

    [Fact]
    public void Loss_and_accuracy_do_not_depend_on_the_batch_size()
    {
        Sequential model = TrainingCases.TinyModel();
        EvaluationResult whole = Evaluation.Run(model, new CrossEntropyLoss(), Digits, batchSize: 23);
        Assert.Equal(23, whole.Count);
        foreach (int batchSize in (int[])[1, 2, 5, 22, 100])
        {
            EvaluationResult result = Evaluation.Run(model, new CrossEntropyLoss(), Digits, batchSize);
            Assert.Equal(whole.Accuracy, result.Accuracy);
            Assert.Equal(whole.Loss, result.Loss, 1e-6);
            Assert.Equal(whole.Count, result.Count);
        }
    }

    [Fact]
    public void One_column_is_held_to_the_threshold_of_its_loss()
    {
        // The sample is the logit itself: three of four signs fit the label.
        var dataset = new InMemoryDataset(Tensor.From([0.3f, -2, 0.1f, -0.1f], 4, 1), [1, 0, 1, 1]);
        var identity = new Sequential(new Flatten());
        Assert.Equal(0.75, Evaluation.Run(identity, new BceWithLogitsLoss(), dataset).Accuracy);

        // As plain numbers only values above 0.5 mean class 1.
        Assert.Equal(0.25, Evaluation.Run(identity, new MseLoss(), dataset).Accuracy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_model_keeps_its_mode_and_its_values(bool isTraining)
    {
        Sequential model = TrainingCases.TinyModel();
        model.Children[1].Eval();
        if (!isTraining)
        {
            model.Eval();
        }

        bool[] modes = Modes(model);
        float[] before = TrainingCases.Values(model);
        Evaluation.Run(model, new CrossEntropyLoss(), Digits, batchSize: 5);
        Assert.Equal(modes, Modes(model));
        TestTensors.AssertSameBits(before, TrainingCases.Values(model));
    }

    [Fact]
    public void Cancels_between_batches() => Assert.Throws<OperationCanceledException>(() => Evaluation.Run(
        TrainingCases.TinyModel(), new CrossEntropyLoss(), Digits, batchSize: 5, new CancellationToken(canceled: true)));

    [Fact]
    public void Refuses_samples_that_the_model_does_not_take() => Assert.Throws<ArgumentException>(() => Evaluation.Run(
        TrainingCases.TinyModel(), new CrossEntropyLoss(), SyntheticDigits.Load("test", new() { Count = 2, Size = 8, Channels = 3 })));

    private static bool[] Modes(Sequential model) => [model.IsTraining, .. model.Children.Select(child => child.IsTraining)];
}

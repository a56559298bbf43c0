using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void A_tiny_set_is_learned_by_heart()
    {
        Sequential model = TrainingCases.TinyModel();
        SyntheticDigits digits = TrainingCases.TinyDigits(12);
        TrainingResult result = Trainer(model, 0.02f).Fit(new DataLoader(digits, 5, shuffle: true, seed: 1), digits, new() { Epochs = 60 });
        EpochResult last = result.Epochs[^1];
        Assert.Equal(1, last.Validation!.Value.Accuracy);
        Assert.InRange(last.Validation!.Value.Loss, 0, 0.05);
        Assert.InRange(last.Training.Loss, 0, 0.1);
        Assert.True(result.Epochs[0].Training.Loss > 0.7, "the first epoch cannot know the images");
    }

    [Fact]
    public void Two_classes_in_one_column_are_learned()
    {
        Sequential model = TrainingCases.TinyModel(outputs: 1);
        SyntheticDigits digits = TrainingCases.TinyDigits(12, classes: 2);
        var trainer = new Trainer(model, new BceWithLogitsLoss(), new Adam(model.Parameters, 0.02f));
        TrainingResult result = trainer.Fit(new DataLoader(digits, 4, shuffle: true, seed: 1), digits, new() { Epochs = 40 });
        Assert.Equal(1, result.Epochs[^1].Validation!.Value.Accuracy);
    }

    [Fact]
    public void The_history_is_what_happened()
    {
        const int Count = 20;
        SyntheticDigits digits = TrainingCases.TinyDigits(Count);
        SyntheticDigits validation = TrainingCases.TinyDigits(9, "test");
        Sequential model = TrainingCases.TinyModel();
        var loss = new CrossEntropyLoss();
        var recorder = new TrainingCases.Recorder();
        TrainingResult result = Trainer(model, 0.01f).Fit(
            new DataLoader(digits, 6), validation, new() { Epochs = 3, ReportEverySteps = 2, EvaluationBatchSize = 4 }, recorder);

        Assert.Equal([1, 2, 3], result.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(result.Epochs, epoch => Assert.Equal(Count, epoch.Training.Count));
        Assert.All(result.Epochs, epoch => Assert.True(epoch.Seconds > 0 && epoch.ImagesPerSecond > 0));
        Assert.Equal(12, result.Steps);
        Assert.True(result.Seconds >= result.Epochs.Sum(epoch => epoch.Seconds));
        Assert.Empty(result.Curve);
        EvaluationResult now = Evaluation.Run(model, loss, validation);
        Assert.Equal(now.Accuracy, result.Epochs[^1].Validation!.Value.Accuracy);
        Assert.Equal(now.Loss, result.Epochs[^1].Validation!.Value.Loss, 1e-6);

        // Two steps, then the end of the epoch after four, in which the report at step 4 is included.
        Assert.Equal([(1, 2, false), (1, 4, true), (2, 2, false), (2, 4, true), (3, 2, false), (3, 4, true)], recorder.Reports.Select(report => (report.Epoch, report.EpochStep, report.IsEndOfEpoch)));
        Assert.All(recorder.Reports, report => Assert.Equal((3, 4, report.IsEndOfEpoch), (report.Epochs, report.EpochSteps, report.Validation is not null)));
        Assert.Equal([2, 4, 6, 8, 10, 12], recorder.Reports.Select(report => report.Step));
        Assert.Equal(result.Epochs.Select(epoch => epoch.Training), recorder.Reports.Where(report => report.IsEndOfEpoch).Select(report => report.Training));
    }

    [Fact]
    public void The_training_loss_of_the_first_epoch_is_the_mean_over_samples()
    {
        // A learning rate of 0 leaves the model as it is, so the mean over batches of 6, 6, 6 and 2 is that over all samples.
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        Sequential model = TrainingCases.TinyModel();
        EvaluationResult expected = Evaluation.Run(model, new CrossEntropyLoss(), digits, batchSize: 20);
        TrainingResult result = Trainer(model, 0).Fit(new DataLoader(digits, 6, shuffle: true, seed: 4));
        Assert.Equal(expected.Loss, result.Epochs[0].Training.Loss, 1e-6);
        Assert.Equal(expected.Accuracy, result.Epochs[0].Training.Accuracy);
        Assert.Null(result.Epochs[0].Validation);
    }

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(4, 1, 4)]
    [InlineData(5, 2, 1)]
    [InlineData(100, 3, 4)]
    public void MaxSteps_ends_training_within_an_epoch(int maxSteps, int epochs, int stepsInLast)
    {
        var recorder = new TrainingCases.Recorder();
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        TrainingResult result = Trainer(TrainingCases.TinyModel(), 0.01f).Fit(
            new DataLoader(digits, 5), digits, new() { Epochs = 3, MaxSteps = maxSteps }, recorder);
        Assert.Equal(epochs, result.Epochs.Count);
        Assert.Equal(Math.Min(maxSteps, 12), result.Steps);
        Assert.Equal(stepsInLast, recorder.Reports[^1].EpochStep);
        Assert.Equal(stepsInLast * 5, result.Epochs[^1].Training.Count);
        Assert.NotNull(result.Epochs[^1].Validation);
    }

    [Fact]
    public void The_curve_measures_every_few_steps()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        Sequential model = TrainingCases.TinyModel();
        TrainingResult result = Trainer(model, 0.01f).Fit(new DataLoader(digits, 5), digits, new() { Epochs = 2, EvaluateEverySteps = 3 });
        Assert.Equal([3, 6], result.Curve.Select(point => point.Step));
        Assert.All(result.Curve, point => Assert.Equal((15, 20), (point.Training.Count, point.Validation.Count)));

        // The point at step 3 is what a run that ends there measures.
        Sequential shorter = TrainingCases.TinyModel();
        TrainingResult three = Trainer(shorter, 0.01f).Fit(new DataLoader(digits, 5), digits, new() { MaxSteps = 3 });
        Assert.Equal(three.Epochs[0].Validation, result.Curve[0].Validation);
        Assert.Equal(three.Epochs[0].Training, result.Curve[0].Training);
    }

    [Fact]
    public void Measuring_changes_nothing_in_training()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        Sequential plain = TrainingCases.TinyModel();
        Sequential measured = TrainingCases.TinyModel();
        Trainer(plain, 0.01f).Fit(new DataLoader(digits, 5), options: new() { Epochs = 2 });
        Trainer(measured, 0.01f).Fit(new DataLoader(digits, 5), digits, new() { Epochs = 2, EvaluateEverySteps = 1 });
        TestTensors.AssertSameBits(TrainingCases.Values(plain), TrainingCases.Values(measured));
    }

    [Fact]
    public void Cancelling_leaves_the_model_after_a_whole_step()
    {
        const int Steps = 5;
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        using var source = new CancellationTokenSource();
        Sequential cancelled = TrainingCases.TinyModel();
        var canceller = new TrainingCases.Recorder(report =>
        {
            if (report.Step == Steps)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Trainer(cancelled, 0.01f).Fit(
            new DataLoader(digits, 5, shuffle: true, seed: 2), null, new() { Epochs = 3, ReportEverySteps = 1 }, canceller, source.Token));
        Assert.Equal(Steps, canceller.Reports[^1].Step);

        Sequential whole = TrainingCases.TinyModel();
        Trainer(whole, 0.01f).Fit(new DataLoader(digits, 5, shuffle: true, seed: 2), options: new() { Epochs = 3, MaxSteps = Steps });
        TestTensors.AssertSameBits(TrainingCases.Values(whole), TrainingCases.Values(cancelled));
    }

    [Fact]
    public void A_token_cancelled_before_ends_before_the_first_step()
    {
        Sequential model = TrainingCases.TinyModel();
        float[] before = TrainingCases.Values(model);
        Assert.Throws<OperationCanceledException>(() => Trainer(model, 0.01f).Fit(
            new DataLoader(TrainingCases.TinyDigits(5), 5), cancellationToken: new CancellationToken(canceled: true)));
        TestTensors.AssertSameBits(before, TrainingCases.Values(model));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_loss_that_is_not_finite_stops_with_epoch_and_step(float pixel)
    {
        // Image 13 is in the third batch of 5; the model stays as the second step left it.
        InMemoryDataset digits = TrainingCases.WithPixel(TrainingCases.TinyDigits(20), image: 13, pixel);
        Sequential model = TrainingCases.TinyModel();
        var exception = Assert.Throws<NotFiniteNumberException>(() => Trainer(model, 0.01f).Fit(new DataLoader(digits, 5)));
        Assert.Contains("the loss of epoch 1, step 3 is ", exception.Message, StringComparison.Ordinal);

        Sequential whole = TrainingCases.TinyModel();
        Trainer(whole, 0.01f).Fit(new DataLoader(digits, 5), options: new() { MaxSteps = 2 });
        TestTensors.AssertSameBits(TrainingCases.Values(whole), TrainingCases.Values(model));
    }

    [Fact]
    public void A_model_in_evaluation_mode_trains_and_a_frozen_layer_stays_frozen()
    {
        var loader = new DataLoader(TrainingCases.TinyDigits(6), 3);
        Sequential model = TrainingCases.TinyModel();
        model.Eval();
        Trainer(model, 0.01f).Fit(loader);
        Assert.True(model.IsTraining);

        model.Children[0].Eval();
        Trainer(model, 0.01f).Fit(loader);
        Assert.False(model.Children[0].IsTraining);
    }

    [Fact]
    public void Options_and_data_that_do_not_fit_are_refused_before_anything_is_learned()
    {
        Sequential model = TrainingCases.TinyModel();
        float[] before = TrainingCases.Values(model);
        SyntheticDigits digits = TrainingCases.TinyDigits(6);
        AssertRefused(new() { Epochs = 0 }, digits, "Epochs is expected to be at least 1, received 0");
        AssertRefused(new() { MaxSteps = 0 }, digits, "MaxSteps is expected to be at least 1, received 0");
        AssertRefused(new() { EvaluationBatchSize = -1 }, digits, "EvaluationBatchSize is expected to be at least 1, received -1");
        AssertRefused(new() { ReportEverySteps = 0 }, digits, "ReportEverySteps is expected to be at least 1, received 0");
        AssertRefused(new() { EvaluateEverySteps = 0 }, digits, "EvaluateEverySteps is expected to be at least 1, received 0");
        AssertRefused(new() { EvaluateEverySteps = 5 }, null, "EvaluateEverySteps expects validation data");
        AssertRefused(new(), new InMemoryDataset(new Tensor(2, 1, 9, 9), [0, 1]), "expected to be [1, 8, 8] as in training, received [1, 9, 9]");
        TestTensors.AssertSameBits(before, TrainingCases.Values(model));

        void AssertRefused(TrainingOptions options, IDataset? validation, string message) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => Trainer(model, 0.01f).Fit(new DataLoader(digits, 3), validation, options)).Message,
            StringComparison.Ordinal);
    }

    private static Trainer Trainer(Sequential model, float learningRate) =>
        new(model, new CrossEntropyLoss(), new Adam(model.Parameters, learningRate));
}

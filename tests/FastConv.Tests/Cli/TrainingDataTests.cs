using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Data;

namespace FastConv.Tests.Cli;

public sealed class TrainingDataTests
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("catdog")]
    public void Training_samples_have_mean_0_and_deviation_1_and_the_others_take_their_statistics(string model)
    {
        var data = TrainingData.Load(Request(model, validation: 3));
        var statistics = DatasetStatistics.Measure(data.Train, perChannel: true);
        for (int channel = 0; channel < statistics.Mean.Length; channel++)
        {
            Assert.Equal(0, statistics.Mean[channel], 1e-3f);
            Assert.Equal(1, statistics.StandardDeviation[channel], 1e-3f);
        }

        Assert.NotEqual(0, DatasetStatistics.Measure(data.Test).Mean[0], 1e-5f);
        Assert.NotEqual(0, DatasetStatistics.Measure(data.Validation!).Mean[0], 1e-5f);
    }

    [Fact]
    public void Validation_samples_are_not_learned_from()
    {
        var data = TrainingData.Load(Request("minimal", validation: 8));
        Assert.Equal((12, 8, 10), (data.Train.Count, data.Validation!.Count, data.Test.Count));
        Assert.Empty(Samples(data.Train).Intersect(Samples(data.Validation)));
        Assert.Empty(Samples(data.Train).Intersect(Samples(data.Test)));
        Assert.Null(TrainingData.Load(Request("minimal", validation: 0)).Validation);
    }

    private static string[] Samples(IDataset data)
    {
        float[] sample = new float[data.SampleShape.Length];
        return [.. Enumerable.Range(0, data.Count).Select(Print)];

        string Print(int index)
        {
            data.Read(index, sample, out _);
            return string.Join(' ', sample);
        }
    }

    private static TrainRequest Request(string name, int validation)
    {
        ModelRecipe model = ModelRegistry.Find(name)!;
        return new TrainRequest
        {
            Model = model,
            Source = new DataSource.Drawn(),
            Epochs = 1,
            BatchSize = model.BatchSize,
            LearningRate = model.LearningRate,
            Optimizer = model.Optimizer,
            Seed = 1,
            Threads = 1,
            Samples = 20,
            TestSamples = 10,
            ValidationSamples = validation,
        };
    }
}

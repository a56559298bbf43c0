using FastConv.Data;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class NormalizedDatasetTests
{
    private const int Count = 7;
    private const int Channels = 3;
    private const int Plane = 5;

    private static readonly float[] Values = TestTensors.Random(seed: 3, Count * Channels * Plane, low: 90, high: 110);
    private static readonly InMemoryDataset Source = new(Tensor.From(Values, Count, Channels, Plane), new int[Count]);

    [Fact]
    public void Measure_gives_mean_and_deviation_of_all_values()
    {
        DatasetStatistics statistics = DatasetStatistics.Measure(Source);
        (double mean, double deviation) = Plain(Values);
        TestTensors.AssertClose([mean], statistics.Mean, 1e-7);
        TestTensors.AssertClose([deviation], statistics.StandardDeviation, 1e-6);
    }

    [Fact]
    public void Measure_gives_mean_and_deviation_of_each_channel()
    {
        DatasetStatistics statistics = DatasetStatistics.Measure(Source, perChannel: true);
        for (int channel = 0; channel < Channels; channel++)
        {
            (double mean, double deviation) = Plain(Values.Where((_, index) => index / Plane % Channels == channel));
            TestTensors.AssertClose([mean], statistics.Mean[channel..(channel + 1)], 1e-7);
            TestTensors.AssertClose([deviation], statistics.StandardDeviation[channel..(channel + 1)], 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Normalised_values_have_mean_0_and_deviation_1(bool perChannel)
    {
        DatasetStatistics source = DatasetStatistics.Measure(Source, perChannel);
        var dataset = new NormalizedDataset(Source, source);
        DatasetStatistics statistics = DatasetStatistics.Measure(dataset, perChannel);
        for (int channel = 0; channel < statistics.Mean.Length; channel++)
        {
            Assert.InRange(statistics.Mean[channel], -1e-5f, 1e-5f);
            Assert.InRange(statistics.StandardDeviation[channel], 1 - 1e-5f, 1 + 1e-5f);
        }

        float[] sample = new float[Channels * Plane];
        dataset.Read(2, sample, out _);
        int last = perChannel ? Channels - 1 : 0;
        Assert.Equal((Values[3 * Channels * Plane - 1] - source.Mean[last]) / source.StandardDeviation[last], sample[^1], 1e-6f);
        Assert.Equal(Source.SampleShape, dataset.SampleShape);
        Assert.Equal(Source.Count, dataset.Count);
    }

    [Fact]
    public void Refuses_statistics_that_do_not_fit()
    {
        Assert.Contains("received 2", Assert.Throws<ArgumentException>(() => new NormalizedDataset(Source, new DatasetStatistics([0, 0], [1, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => new NormalizedDataset(Source, new DatasetStatistics([0], [0]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DatasetStatistics([0, 1], [1]));
        Assert.Throws<ArgumentException>(() => new DatasetStatistics([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatasetStatistics([float.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatasetStatistics([0], [-1]));
    }

    [Fact]
    public void Measure_refuses_values_that_are_not_finite()
    {
        var dataset = new InMemoryDataset(Tensor.From([1, 2, float.NaN, 4], 2, 2), [0, 0]);
        Assert.Throws<InvalidDataException>(() => DatasetStatistics.Measure(dataset));
    }

    private static (double Mean, double Deviation) Plain(IEnumerable<float> values)
    {
        double mean = values.Average(value => (double)value);
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}

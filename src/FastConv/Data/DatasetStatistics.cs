using System.Buffers;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>Mean and standard deviation of a dataset's values: one pair for all of them, or one a channel.</summary>
public sealed class DatasetStatistics
{
    private readonly float[] _mean;
    private readonly float[] _standardDeviation;

    /// <summary>Known statistics.</summary>
    /// <param name="mean">One value, or one a channel.</param>
    /// <param name="standardDeviation">As many.</param>
    /// <exception cref="ArgumentException">None, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a standard deviation negative.</exception>
    public DatasetStatistics(ReadOnlySpan<float> mean, ReadOnlySpan<float> standardDeviation)
    {
        if (mean.IsEmpty || mean.Length != standardDeviation.Length)
        {
            throw new ArgumentException(
                $"DatasetStatistics: expected as many means as standard deviations, and at least one, received {mean.Length} and {standardDeviation.Length}.",
                nameof(standardDeviation));
        }

        foreach (float value in mean)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(mean), $"DatasetStatistics: expected a finite mean, received {value}.");
            }
        }

        foreach (float value in standardDeviation)
        {
            if (!float.IsFinite(value) || value < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(standardDeviation), $"DatasetStatistics: expected a finite standard deviation of at least 0, received {value}.");
            }
        }

        _mean = mean.ToArray();
        _standardDeviation = standardDeviation.ToArray();
    }

    /// <summary>One value, or one a channel.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>One value, or one a channel; of the values themselves, not an estimate from a sample (divided by n, not n - 1).</summary>
    public ReadOnlySpan<float> StandardDeviation => _standardDeviation;

    /// <summary>Reads the whole dataset once. The first axis of a sample is its channels.</summary>
    /// <exception cref="ArgumentException">The dataset is empty.</exception>
    /// <exception cref="InvalidDataException">A value is not finite.</exception>
    public static DatasetStatistics Measure(IDataset dataset, bool perChannel = false)
    {
        DatasetChecks.NotEmpty(dataset);
        TensorShape shape = dataset.SampleShape;
        int channels = perChannel && shape.Rank > 0 ? shape[0] : 1;
        int plane = shape.Length / channels;
        double[] mean = new double[channels];
        double[] squares = new double[channels];
        float[] sample = ArrayPool<float>.Shared.Rent(shape.Length);
        try
        {
            for (int index = 0; index < dataset.Count; index++)
            {
                dataset.Read(index, sample.AsSpan(0, shape.Length), out _);
                for (int channel = 0; channel < channels; channel++)
                {
                    Merge(sample.AsSpan(channel * plane, plane), (double)index * plane, ref mean[channel], ref squares[channel]);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sample);
        }

        float[] deviation = Array.ConvertAll(squares, sum => (float)Math.Sqrt(sum / ((double)dataset.Count * plane)));
        return Array.TrueForAll(deviation, float.IsFinite)
            ? new DatasetStatistics(Array.ConvertAll(mean, value => (float)value), deviation)
            : throw new InvalidDataException($"{dataset.Name}: expected finite values, received one that is not.");
    }

    // Chan's update: the sample's own mean and squared deviations join those of the `seen` values before it.
    private static void Merge(ReadOnlySpan<float> values, double seen, ref double mean, ref double squares)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        double own = sum / values.Length;
        foreach (float value in values)
        {
            squares += (value - own) * (value - own);
        }

        double all = seen + values.Length;
        double difference = own - mean;
        squares += difference * difference * seen * values.Length / all;
        mean += difference * values.Length / all;
    }
}

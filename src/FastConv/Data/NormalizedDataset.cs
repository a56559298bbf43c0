using System.Numerics.Tensors;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>Another dataset with every value replaced by (value - mean) / standard deviation.</summary>
public sealed class NormalizedDataset : IDataset
{
    private readonly IDataset _source;
    private readonly DatasetStatistics _statistics;

    /// <summary>Normalises while reading; the source is left as it is.</summary>
    /// <param name="source">What to normalise.</param>
    /// <param name="statistics">One pair for all values, or one a channel (the first axis of a sample). Test data takes the training data's.</param>
    /// <exception cref="ArgumentException">Neither one pair nor one a channel, or a standard deviation of 0.</exception>
    public NormalizedDataset(IDataset source, DatasetStatistics statistics)
    {
        DatasetChecks.NotEmpty(source);
        ArgumentNullException.ThrowIfNull(statistics);
        int pairs = statistics.Mean.Length;
        if (pairs != 1 && (source.SampleShape.Rank == 0 || pairs != source.SampleShape[0]))
        {
            throw new ArgumentException(
                $"NormalizedDataset: {source.Name} has samples {source.SampleShape}, expected 1 mean or one a channel, received {pairs}.",
                nameof(statistics));
        }

        if (statistics.StandardDeviation.Contains(0))
        {
            throw new ArgumentException($"NormalizedDataset: {source.Name}: expected standard deviations above 0, received 0.", nameof(statistics));
        }

        _source = source;
        _statistics = statistics;
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <inheritdoc/>
    public TensorShape SampleShape => _source.SampleShape;

    /// <inheritdoc/>
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        _source.Read(index, sample, out label);
        int plane = sample.Length / _statistics.Mean.Length;
        for (int channel = 0; channel < _statistics.Mean.Length; channel++)
        {
            Span<float> values = sample.Slice(channel * plane, plane);
            TensorPrimitives.Subtract(values, _statistics.Mean[channel], values);
            TensorPrimitives.Divide(values, _statistics.StandardDeviation[channel], values);
        }
    }
}

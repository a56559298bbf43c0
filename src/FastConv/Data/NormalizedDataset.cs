using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>Another dataset with every value replaced by (value - mean) / standard deviation.</summary>
public sealed class NormalizedDataset : IDataset
{
    private readonly IDataset _source;
    private readonly Normalize _normalize;

    /// <summary>Normalises while reading; the source is left as it is.</summary>
    /// <param name="source">What to normalise.</param>
    /// <param name="statistics">One pair for all values, or one a channel (the first axis of a sample). Test data takes the training data's.</param>
    /// <exception cref="ArgumentException">Neither one pair nor one a channel, or a standard deviation of 0.</exception>
    public NormalizedDataset(IDataset source, DatasetStatistics statistics)
    {
        DatasetChecks.NotEmpty(source);
        _source = source;
        _normalize = new Normalize(statistics);
        _ = _normalize.OutputShape(source.SampleShape);
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
    public IReadOnlyList<string> ClassNames => _source.ClassNames;

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label) => Read(index, 0, sample, out label);

    /// <inheritdoc/>
    public void Read(int index, int epoch, Span<float> sample, out int label)
    {
        _source.Read(index, epoch, sample, out label);
        _normalize.Apply(sample, sample);
    }
}

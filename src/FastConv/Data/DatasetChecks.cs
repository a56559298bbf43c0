namespace FastConv.Data;

/// <summary>The refusals that every dataset shares, those of other programs too.</summary>
public static class DatasetChecks
{
    /// <summary>The arguments of <see cref="IDataset.Read(int, Span{float}, out int)"/>.</summary>
    /// <param name="dataset">Whose samples are read.</param>
    /// <param name="index">In [0, count).</param>
    /// <param name="sample">As long as the dataset's samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">No sample has this index.</exception>
    /// <exception cref="ArgumentException"><paramref name="sample"/> has another length.</exception>
    public static void Read(IDataset dataset, int index, ReadOnlySpan<float> sample)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if ((uint)index >= (uint)dataset.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"{dataset.Name}: expected an index in [0, {dataset.Count}), received {index}.");
        }

        if (sample.Length != dataset.SampleShape.Length)
        {
            throw new ArgumentException(
                $"{dataset.Name}: a sample {dataset.SampleShape} has {dataset.SampleShape.Length} elements, received a span of {sample.Length}.",
                nameof(sample));
        }
    }

    /// <summary>A dataset that somebody else wrote: it must hold something.</summary>
    /// <param name="dataset">What is about to be used.</param>
    /// <exception cref="ArgumentException">It has no sample.</exception>
    public static void NotEmpty(IDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count < 1)
        {
            throw new ArgumentException($"{dataset.Name}: expected at least one sample, received {dataset.Count}.", nameof(dataset));
        }
    }
}

namespace FastConv.Data;

/// <summary>The refusals that every dataset shares.</summary>
internal static class DatasetChecks
{
    /// <summary>The arguments of <see cref="IDataset.Read(int, Span{float}, out int)"/>.</summary>
    public static void Read(IDataset dataset, int index, ReadOnlySpan<float> sample)
    {
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
    public static void NotEmpty(IDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count < 1)
        {
            throw new ArgumentException($"{dataset.Name}: expected at least one sample, received {dataset.Count}.", nameof(dataset));
        }
    }
}

using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Some samples of another dataset, in an order of one's own.
/// Source: https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset
/// </summary>
public sealed class SubsetDataset : IDataset
{
    // DataLoader draws epoch e from stream e: this one is none of them.
    private const long SplitStream = -1;

    private readonly IDataset _source;
    private readonly int[] _indices;

    /// <summary>Sample i is the source's sample <c>indices[i]</c>; the source is left as it is.</summary>
    /// <param name="source">Where samples come from.</param>
    /// <param name="indices">Which samples; a sample may be taken more than once.</param>
    /// <exception cref="ArgumentException">An empty source, or no indices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No sample has one of the indices.</exception>
    public SubsetDataset(IDataset source, ReadOnlySpan<int> indices)
    {
        DatasetChecks.NotEmpty(source);
        if (indices.IsEmpty)
        {
            throw new ArgumentException($"SubsetDataset: expected at least one index into {source.Name}, received none.", nameof(indices));
        }

        foreach (int index in indices)
        {
            if ((uint)index >= (uint)source.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"SubsetDataset: indices into {source.Name} are expected in [0, {source.Count}), received {index}.");
            }
        }

        _source = source;
        _indices = indices.ToArray();
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public int Count => _indices.Length;

    /// <inheritdoc/>
    public TensorShape SampleShape => _source.SampleShape;

    /// <inheritdoc/>
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _source.ClassNames;

    /// <summary>Deals the samples into two parts at random: what is held out, say for validation, and the rest.</summary>
    /// <param name="source">What to divide.</param>
    /// <param name="count">How many samples the first part gets; the others go to the second, and neither may be empty.</param>
    /// <param name="seed">What the choice follows from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count below 1, or one that leaves nothing for the second part.</exception>
    public static (SubsetDataset First, SubsetDataset Others) Split(IDataset source, int count, long seed)
    {
        DatasetChecks.NotEmpty(source);
        if (count < 1 || count >= source.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"SubsetDataset.Split: {source.Name} has {source.Count} samples, expected to hold out from 1 to {source.Count - 1} of them, received {count}.");
        }

        int[] order = new int[source.Count];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        new RandomSource(seed, SplitStream).Shuffle<int>(order);
        return (new SubsetDataset(source, order.AsSpan(0, count)), new SubsetDataset(source, order.AsSpan(count)));
    }

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label) => Read(index, 0, sample, out label);

    /// <inheritdoc/>
    public void Read(int index, int epoch, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        _source.Read(_indices[index], epoch, sample, out label);
    }
}

using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>Labelled samples of one shape. Reading is safe from many threads at once, and allocates nothing once warm.</summary>
public interface IDataset
{
    /// <summary>What progress displays and reports call it.</summary>
    string Name { get; }

    /// <summary>How many samples there are; at least 1.</summary>
    int Count { get; }

    /// <summary>The shape of one sample, without a batch axis: <c>[channels, height, width]</c> for images.</summary>
    TensorShape SampleShape { get; }

    /// <summary>Labels lie in [0, ClassCount).</summary>
    int ClassCount { get; }

    /// <summary>What the classes are called, one name a class; empty where nobody has said.</summary>
    IReadOnlyList<string> ClassNames => [];

    /// <summary>Writes one sample.</summary>
    /// <param name="index">Which, in [0, <see cref="Count"/>).</param>
    /// <param name="sample">As long as <see cref="SampleShape"/> says; every element is overwritten.</param>
    /// <param name="label">The sample's class.</param>
    /// <exception cref="ArgumentOutOfRangeException">No sample has this index.</exception>
    /// <exception cref="ArgumentException"><paramref name="sample"/> has another length.</exception>
    void Read(int index, Span<float> sample, out int label);

    /// <summary>
    /// Writes one sample as it is in one epoch. Only datasets that change samples at random tell epochs apart; they are a pure function of seed, epoch
    /// and index, and what wraps another dataset passes the epoch on. Without an epoch, it is the first.
    /// </summary>
    /// <param name="index">Which, in [0, <see cref="Count"/>).</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="sample">As long as <see cref="SampleShape"/> says; every element is overwritten.</param>
    /// <param name="label">The sample's class.</param>
    /// <exception cref="ArgumentOutOfRangeException">No sample has this index.</exception>
    /// <exception cref="ArgumentException"><paramref name="sample"/> has another length.</exception>
    void Read(int index, int epoch, Span<float> sample, out int label) => Read(index, sample, out label);
}

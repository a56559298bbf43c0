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

    /// <summary>Writes one sample.</summary>
    /// <param name="index">Which, in [0, <see cref="Count"/>).</param>
    /// <param name="sample">As long as <see cref="SampleShape"/> says; every element is overwritten.</param>
    /// <param name="label">The sample's class.</param>
    /// <exception cref="ArgumentOutOfRangeException">No sample has this index.</exception>
    /// <exception cref="ArgumentException"><paramref name="sample"/> has another length.</exception>
    void Read(int index, Span<float> sample, out int label);
}

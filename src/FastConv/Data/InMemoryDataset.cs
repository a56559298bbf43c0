using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Data;

/// <summary>Samples that a program has in a tensor.</summary>
public sealed class InMemoryDataset : IDataset
{
    private readonly Tensor _samples;
    private readonly int[] _labels;

    /// <summary>Keeps the tensor (not a copy) and a copy of the labels.</summary>
    /// <param name="samples">One sample a row of the first axis: <c>[count, ...]</c>.</param>
    /// <param name="labels">One class a sample.</param>
    /// <param name="classCount">Where it is not given, the largest label + 1.</param>
    /// <param name="name">What reports call it.</param>
    /// <exception cref="ArgumentException">A scalar, or not one label a sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or not below the number of classes.</exception>
    public InMemoryDataset(Tensor samples, ReadOnlySpan<int> labels, int? classCount = null, string name = "in memory")
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (samples.Shape.Rank < 2)
        {
            throw new ArgumentException($"{name}: expected samples of shape [count, ...], received {samples.Shape}.", nameof(samples));
        }

        if (labels.Length != samples.Shape[0])
        {
            throw new ArgumentException($"{name}: expected {samples.Shape[0]} labels for samples {samples.Shape}, received {labels.Length}.", nameof(labels));
        }

        int largest = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            largest = Math.Max(largest, labels[index]);
            if (labels[index] < 0 || labels[index] >= (classCount ?? int.MaxValue))
            {
                string range = classCount is { } classes ? $"in [0, {classes})" : "at least 0";
                throw new ArgumentOutOfRangeException(nameof(labels), $"{name}: label {index} is expected {range}, received {labels[index]}.");
            }
        }

        Name = name;
        SampleShape = samples.Shape.WithoutBatch();
        ClassCount = classCount ?? largest + 1;
        _samples = samples;
        _labels = labels.ToArray();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public TensorShape SampleShape { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        _samples.Values.Slice(index * sample.Length, sample.Length).CopyTo(sample);
        label = _labels[index];
    }
}

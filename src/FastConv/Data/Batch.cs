using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Data;

/// <summary>Samples that are trained on together. The memory belongs to the loader: it is overwritten after the next batch has been asked for.</summary>
public sealed class Batch
{
    private readonly int[] _labels;
    private readonly int[] _indices;
    private readonly int _sampleLength;
    private readonly RandomSource? _mixing;

    internal Batch(Tensor images, Tensor? softTargets = null)
    {
        Images = images;
        SoftTargets = softTargets;
        _labels = new int[images.Shape[0]];
        _indices = new int[_labels.Length];
        _sampleLength = images.Length / _labels.Length;
        _mixing = softTargets is null ? null : new RandomSource(seed: 0);
    }

    /// <summary>One sample a row: <c>[Count, channels, height, width]</c> for images.</summary>
    public Tensor Images { get; }

    /// <summary>One class a sample; of mixed samples, the class of the sample's own part.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Which samples of the loader's dataset these are.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>[Count, classes]: the share of every class in each sample, where the loader mixes samples, and null where it does not.</summary>
    public Tensor? SoftTargets { get; }

    /// <summary>How many samples there are.</summary>
    public int Count => _labels.Length;

    /// <summary>Says which samples come next: their memory is free from here on.</summary>
    internal void Begin(ReadOnlySpan<int> indices)
    {
        indices.CopyTo(_indices);
        Images.Buffer.MarkWritten();
    }

    /// <summary>Reads one row; others may be read at the same time.</summary>
    /// <exception cref="InvalidDataException">The sample cannot be read, for whatever reason, or its label is out of the dataset's own range.</exception>
    internal void ReadRow(IDataset dataset, int epoch, int row)
    {
        int index = _indices[row];
        try
        {
            dataset.Read(index, epoch, Images.Buffer.Span.Slice(row * _sampleLength, _sampleLength), out _labels[row]);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            throw new InvalidDataException($"{dataset.Name}: sample {index} cannot be read: {exception.Message}", exception);
        }

        if ((uint)_labels[row] >= (uint)dataset.ClassCount)
        {
            throw new InvalidDataException($"{dataset.Name}: the label of sample {index} is expected in [0, {dataset.ClassCount}), received {_labels[row]}.");
        }
    }

    /// <summary>Mixes the rows when all have been read. Lambda is the number of a seed's stream.</summary>
    internal void Mix(MixUp mixUp, long seed, long stream)
    {
        _mixing!.Restart(seed, stream);
        mixUp.Apply(Images, Labels, SoftTargets!, _mixing);
    }
}

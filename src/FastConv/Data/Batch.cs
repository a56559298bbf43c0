using FastConv.Tensors;

namespace FastConv.Data;

/// <summary>Samples that are trained on together. The memory belongs to the loader: it is overwritten by the next batch.</summary>
public sealed class Batch
{
    private readonly int[] _labels;

    internal Batch(Tensor images)
    {
        Images = images;
        _labels = new int[images.Shape[0]];
    }

    /// <summary>One sample a row: <c>[Count, channels, height, width]</c> for images.</summary>
    public Tensor Images { get; }

    /// <summary>One class a sample.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>How many samples there are.</summary>
    public int Count => _labels.Length;

    internal void Fill(IDataset dataset, ReadOnlySpan<int> indices)
    {
        int sampleLength = Images.Length / Count;
        for (int row = 0; row < indices.Length; row++)
        {
            dataset.Read(indices[row], Images.Span.Slice(row * sampleLength, sampleLength), out int label);
            if ((uint)label >= (uint)dataset.ClassCount)
            {
                throw new InvalidDataException($"{dataset.Name}: the label of sample {indices[row]} is expected in [0, {dataset.ClassCount}), received {label}.");
            }

            _labels[row] = label;
        }
    }
}

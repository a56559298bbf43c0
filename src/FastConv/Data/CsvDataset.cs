using System.Numerics.Tensors;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Samples from a text file of comma-separated numbers, one sample a row, and labels from a second one, one label a row; both with or without
/// a header row. Values are read as they are written, neither scaled nor normalised. Rows of pixel values (integers in [0, 255])
/// are kept as bytes, others as floats.
/// </summary>
public sealed class CsvDataset : IDataset
{
    private readonly Array[] _samples;
    private readonly int[] _labels;

    private CsvDataset(string name, TensorShape sampleShape, int classCount, Array[] samples, int[] labels)
    {
        Name = name;
        SampleShape = sampleShape;
        ClassCount = classCount;
        _samples = samples;
        _labels = labels;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => _samples.Length;

    /// <inheritdoc/>
    public TensorShape SampleShape { get; }

    /// <summary>As given when the files were loaded, or the largest label + 1.</summary>
    public int ClassCount { get; }

    /// <summary>Loads both files.</summary>
    /// <param name="imagesCsv">As many numbers a row as a sample has elements, in row-major order.</param>
    /// <param name="labelsCsv">One non-negative integer a row, and as many rows.</param>
    /// <param name="sampleShape">The shape of a row: <c>[channels, height, width]</c> for images.</param>
    /// <param name="classCount">Where it is not given, the largest label + 1.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">Not a number, a wrong number of columns or rows, or a label out of range: with file, row and column.</exception>
    public static CsvDataset Load(string imagesCsv, string labelsCsv, TensorShape sampleShape, int? classCount = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesCsv);
        ArgumentException.ThrowIfNullOrEmpty(labelsCsv);
        int[] labels = ReadLabels(labelsCsv, classCount ?? int.MaxValue);
        Array[] samples = ReadSamples(imagesCsv, sampleShape.Length);
        if (samples.Length != labels.Length)
        {
            throw new InvalidDataException($"{labelsCsv}: expected {samples.Length} labels, one for each row of {imagesCsv}, received {labels.Length}.");
        }

        return samples.Length > 0
            ? new CsvDataset(Path.GetFileName(imagesCsv), sampleShape, classCount ?? labels.Max() + 1, samples, labels)
            : throw new InvalidDataException($"{imagesCsv}: expected at least one row of numbers, received none.");
    }

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        if (_samples[index] is byte[] bytes)
        {
            TensorPrimitives.ConvertTruncating<byte, float>(bytes, sample);
        }
        else
        {
            ((float[])_samples[index]).CopyTo(sample);
        }

        label = _labels[index];
    }

    private static Array[] ReadSamples(string path, int columns)
    {
        using var reader = new CsvReader(path);
        var samples = new List<Array>();
        float[] row = new float[columns];
        while (reader.TryReadRow(row, out bool areBytes))
        {
            if (areBytes)
            {
                byte[] bytes = new byte[columns];
                TensorPrimitives.ConvertTruncating<float, byte>(row, bytes);
                samples.Add(bytes);
            }
            else
            {
                samples.Add(row.AsSpan().ToArray());
            }
        }

        return [.. samples];
    }

    private static int[] ReadLabels(string path, int bound)
    {
        using var reader = new CsvReader(path);
        var labels = new List<int>();
        Span<float> value = stackalloc float[1];
        while (reader.TryReadRow(value, out _))
        {
            // 2^24: beyond it a float skips integers, and no label may change on its way.
            if (value[0] < 0 || value[0] != MathF.Floor(value[0]) || value[0] >= Math.Min(bound, 1 << 24))
            {
                string range = bound < int.MaxValue ? $"a class in [0, {bound})" : "a non-negative integer";
                throw reader.Refuse(1, range, value[0].ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            labels.Add((int)value[0]);
        }

        return [.. labels];
    }
}

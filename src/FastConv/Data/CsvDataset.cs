using System.Globalization;
using System.Numerics.Tensors;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Samples from a text file of comma-separated numbers, one sample a row, with their labels in one of its columns or in a second file, one label a
/// row; with or without a header row. Values are read as they are written, neither scaled nor normalised. Rows of pixel values (integers in [0, 255])
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
    /// <param name="header">Whether both files begin with a header.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">Not a number, a wrong number of columns or rows, or a label out of range: with file, row and column.</exception>
    public static CsvDataset Load(
        string imagesCsv, string labelsCsv, TensorShape sampleShape, int? classCount = null, CsvHeader header = CsvHeader.Auto)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesCsv);
        ArgumentException.ThrowIfNullOrEmpty(labelsCsv);
        int[] labels = ReadLabels(labelsCsv, classCount, header);
        var samples = new List<Array>();
        using (var reader = new CsvReader(imagesCsv, header))
        {
            float[] row = new float[sampleShape.Length];
            while (reader.TryReadRow(row, out bool areBytes))
            {
                samples.Add(Keep(row, areBytes));
            }
        }

        if (samples.Count != labels.Length)
        {
            throw new InvalidDataException($"{labelsCsv}: expected {samples.Count} labels, one for each row of {imagesCsv}, received {labels.Length}.");
        }

        return Create(imagesCsv, sampleShape, classCount, samples, labels);
    }

    /// <summary>Loads one file whose rows hold a sample and its label.</summary>
    /// <param name="csv">One number a row more than a sample has elements; without the label, the sample in row-major order.</param>
    /// <param name="labelColumn">Where the label is: 0 is the first column, <c>^1</c> the last.</param>
    /// <param name="sampleShape">The shape of a sample: <c>[channels, height, width]</c> for images.</param>
    /// <param name="classCount">Where it is not given, the largest label + 1.</param>
    /// <param name="header">Whether the file begins with a header.</param>
    /// <exception cref="ArgumentOutOfRangeException">No column of the row is the label's.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">Not a number, a wrong number of columns, or a label out of range: with file, row and column.</exception>
    public static CsvDataset Load(string csv, Index labelColumn, TensorShape sampleShape, int? classCount = null, CsvHeader header = CsvHeader.Auto)
    {
        ArgumentException.ThrowIfNullOrEmpty(csv);
        int columns = checked(sampleShape.Length + 1);
        int column = labelColumn.GetOffset(columns);
        if ((uint)column >= (uint)columns)
        {
            throw new ArgumentOutOfRangeException(nameof(labelColumn), $"CsvDataset.Load: expected one of {columns} columns, received {labelColumn}.");
        }

        var samples = new List<Array>();
        var labels = new List<int>();
        using var reader = new CsvReader(csv, header);
        float[] row = new float[columns];
        while (reader.TryReadRow(row, out bool areBytes))
        {
            labels.Add(ToLabel(reader, row[column], column + 1, classCount));
            row.AsSpan(column + 1).CopyTo(row.AsSpan(column));
            samples.Add(Keep(row.AsSpan(0, sampleShape.Length), areBytes));
        }

        return Create(csv, sampleShape, classCount, samples, [.. labels]);
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

    private static CsvDataset Create(string path, TensorShape sampleShape, int? classCount, List<Array> samples, int[] labels) => labels.Length > 0
        ? new CsvDataset(Path.GetFileName(path), sampleShape, classCount ?? labels.Max() + 1, [.. samples], labels)
        : throw new InvalidDataException($"{path}: expected at least one row of numbers, received none.");

    private static Array Keep(ReadOnlySpan<float> row, bool areBytes)
    {
        if (!areBytes)
        {
            return row.ToArray();
        }

        byte[] bytes = new byte[row.Length];
        TensorPrimitives.ConvertTruncating<float, byte>(row, bytes);
        return bytes;
    }

    private static int[] ReadLabels(string path, int? classCount, CsvHeader header)
    {
        using var reader = new CsvReader(path, header);
        var labels = new List<int>();
        Span<float> value = stackalloc float[1];
        while (reader.TryReadRow(value, out _))
        {
            labels.Add(ToLabel(reader, value[0], column: 1, classCount));
        }

        return [.. labels];
    }

    // 2^24: beyond it a float skips integers, and no label may change on its way.
    private static int ToLabel(CsvReader reader, float value, int column, int? classCount) =>
        value >= 0 && value == MathF.Floor(value) && value < Math.Min(classCount ?? int.MaxValue, 1 << 24)
            ? (int)value
            : throw reader.Refuse(
                column, classCount is { } classes ? $"a class in [0, {classes})" : "a non-negative integer", value.ToString(CultureInfo.InvariantCulture));
}

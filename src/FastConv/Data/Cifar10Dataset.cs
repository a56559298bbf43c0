using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Colour images of 32 x 32 pixels in ten classes, from files in CIFAR-10's binary layout: records of a label byte, 1024 red, 1024 green and 1024 blue
/// bytes, each plane row by row. Kept as bytes, read as [0, 1]. Source: https://www.cs.toronto.edu/~kriz/cifar.html
/// </summary>
public sealed class Cifar10Dataset : IDataset
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int PixelBytesPerRecord = Channels * Side * Side;
    private const int RecordLength = 1 + PixelBytesPerRecord;

    private static readonly string[] Names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    // One array a file, as it is in the file.
    private readonly byte[][] _files;
    private readonly int[] _ends;

    private Cifar10Dataset(string name, byte[][] files)
    {
        Name = name;
        _files = files;
        _ends = new int[files.Length];
        for (int file = 0; file < files.Length; file++)
        {
            Count = checked(Count + files[file].Length / RecordLength);
            _ends[file] = Count;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>[3, 32, 32].</summary>
    public TensorShape SampleShape { get; } = [Channels, Side, Side];

    /// <summary>10.</summary>
    public int ClassCount => Names.Length;

    /// <summary>From airplane to truck.</summary>
    public IReadOnlyList<string> ClassNames => Names;

    /// <summary>
    /// Loads the files of a folder: <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c> or <c>test_batch.bin</c> as CIFAR-10 is published, or else all whose names
    /// begin with <c>train</c> or <c>test</c> and end in <c>.bin</c>, in ordinal order.
    /// </summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <exception cref="ArgumentException">Another split.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    /// <exception cref="InvalidDataException">A file is not in the layout.</exception>
    public static Cifar10Dataset Load(string folder, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string published = split switch
        {
            "train" => "data_batch_*.bin",
            "test" => "test_batch.bin",
            _ => throw new ArgumentException($"Cifar10Dataset.Load: expected the split 'train' or 'test', received '{split}'.", nameof(split)),
        };
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        }

        string[] paths = Directory.GetFiles(folder, published);
        paths = paths.Length > 0 ? paths : Directory.GetFiles(folder, $"{split}*.bin");
        if (paths.Length == 0)
        {
            throw new FileNotFoundException($"{folder}: expected files {published} or {split}*.bin, found none.");
        }

        Array.Sort(paths, StringComparer.Ordinal);
        return Load(paths, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} {split}");
    }

    /// <summary>Loads files, whatever their names; their records follow each other.</summary>
    /// <param name="paths">At least one.</param>
    /// <exception cref="ArgumentException">No file.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file that is empty, no whole number of records, or with a label above 9: with file, record and offset.</exception>
    public static Cifar10Dataset LoadFiles(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Count > 0
            ? Load(paths, Path.GetFileName(paths[0]))
            : throw new ArgumentException("Cifar10Dataset.LoadFiles: expected at least one file, received none.", nameof(paths));
    }

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        int file = 0;
        while (index >= _ends[file])
        {
            file++;
        }

        ReadOnlySpan<byte> record = _files[file].AsSpan((index - (file > 0 ? _ends[file - 1] : 0)) * RecordLength, RecordLength);
        label = record[0];
        PixelBytes.ToUnitInterval(record[1..], sample);
    }

    private static Cifar10Dataset Load(IReadOnlyList<string> paths, string name)
    {
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        for (int file = 0; file < files.Length; file++)
        {
            Check(paths[file], files[file]);
        }

        return new Cifar10Dataset(name, files);
    }

    private static void Check(string path, byte[] bytes)
    {
        int records = bytes.Length / RecordLength;
        if (records == 0 || bytes.Length % RecordLength != 0)
        {
            throw new InvalidDataException(
                $"{path}: record {records} at offset {(long)records * RecordLength}: expected {RecordLength} bytes, received {bytes.Length % RecordLength}.");
        }

        for (int record = 0; record < records; record++)
        {
            int offset = record * RecordLength;
            if (bytes[offset] >= Names.Length)
            {
                throw new InvalidDataException(
                    $"{path}: record {record}, label at offset {offset}: expected a class in [0, {Names.Length}), received {bytes[offset]}.");
            }
        }
    }
}

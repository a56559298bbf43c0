using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Grey images and their labels from two IDX files, plain or gzip, as MNIST and its relatives are published. Kept as bytes, read
/// as [0, 1].
/// </summary>
public sealed class IdxDataset : IDataset
{
    private const int LabelsHeader = 8;

    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    private IdxDataset(string name, TensorShape sampleShape, int classCount, byte[] pixels, byte[] labels)
    {
        Name = name;
        SampleShape = sampleShape;
        ClassCount = classCount;
        _pixels = pixels;
        _labels = labels;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <summary>[1, height, width].</summary>
    public TensorShape SampleShape { get; }

    /// <summary>As given when the files were loaded, or the largest label + 1.</summary>
    public int ClassCount { get; }

    /// <summary>
    /// Loads <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, or for the test images <c>t10k-...</c>, with or
    /// without <c>.gz</c>, and with a dot or a dash before <c>idx</c>.
    /// </summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="classCount">Where it is not given, the largest label + 1.</param>
    /// <exception cref="ArgumentException">Another split.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file is missing from the folder.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name or its header says.</exception>
    public static IdxDataset Load(string folder, string split, int? classCount = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string prefix = split switch
        {
            "train" => "train",
            "test" => "t10k",
            _ => throw new ArgumentException($"IdxDataset.Load: expected the split 'train' or 'test', received '{split}'.", nameof(split)),
        };
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        }

        string name = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} {split}";
        return Load(Find(folder, $"{prefix}-images", "idx3-ubyte"), Find(folder, $"{prefix}-labels", "idx1-ubyte"), classCount, name);
    }

    /// <summary>Loads two files, whatever their names.</summary>
    /// <param name="imagesPath">Unsigned bytes [count, height, width], magic number 0x00000803.</param>
    /// <param name="labelsPath">Unsigned bytes [count], magic number 0x00000801.</param>
    /// <param name="classCount">Where it is not given, the largest label + 1.</param>
    /// <param name="name">Where it is not given, the name of the images' file.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what its header says, they differ in count, or a label is not below the number of classes.</exception>
    public static IdxDataset LoadFiles(string imagesPath, string labelsPath, int? classCount = null, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        return Load(imagesPath, labelsPath, classCount, name ?? Path.GetFileName(imagesPath));
    }

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        PixelBytes.ToUnitInterval(_pixels.AsSpan(index * sample.Length, sample.Length), sample);
        label = _labels[index];
    }

    private static IdxDataset Load(string imagesPath, string labelsPath, int? classCount, string name)
    {
        using var images = new IdxReader(imagesPath);
        images.ReadMagic(rank: 3);
        int count = images.ReadSize("number of images");
        int height = images.ReadSize("height");
        int width = images.ReadSize("width");

        using var labels = new IdxReader(labelsPath);
        labels.ReadMagic(rank: 1);
        int labelCount = labels.ReadSize("number of labels");
        if (labelCount != count)
        {
            throw labels.Refuse("number of labels", sizeof(uint), $"{count}, the number of images in {imagesPath}", $"{labelCount}");
        }

        byte[] labelBytes = labels.ReadToEnd("labels", labelCount);
        int classes = classCount ?? labelBytes.Max() + 1;
        int wrong = Array.FindIndex(labelBytes, label => label >= classes);
        if (wrong >= 0)
        {
            throw labels.Refuse($"label {wrong}", LabelsHeader + wrong, $"a class below {classes}", $"{labelBytes[wrong]}");
        }

        byte[] pixels = images.ReadToEnd("pixels", count, height, width);
        return new IdxDataset(name, [1, height, width], classes, pixels, labelBytes);
    }

    private static string Find(string folder, string stem, string kind)
    {
        foreach (string name in (ReadOnlySpan<string>)[$"{stem}-{kind}", $"{stem}.{kind}"])
        {
            foreach (string ending in (ReadOnlySpan<string>)["", ".gz"])
            {
                string path = Path.Combine(folder, name + ending);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        throw new FileNotFoundException($"{folder}: expected a file {stem}-{kind} or {stem}-{kind}.gz, found neither.");
    }
}

using FastConv.Data;
using FastConv.Shapes;

namespace FastConv.Imaging;

/// <summary>
/// Photos of a folder that has one folder a class: every image in it and below, stretched to one size, with values in [0, 1]. Samples are decoded when they are
/// needed and kept as bytes, as far as the cache goes. Reading what is kept allocates nothing.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.datasets.ImageFolder.html
/// </summary>
public sealed class ImageFolderDataset : IDataset
{
    private readonly int[] _labels;
    private readonly SampleCache _samples;

    private ImageFolderDataset(string name, ImageSample sample, string[] classes, int[] labels, SampleCache samples, SkippedImage[] skipped)
    {
        Name = name;
        SampleShape = [sample.Channels, sample.Height, sample.Width];
        ClassNames = classes;
        Skipped = skipped;
        _labels = labels;
        _samples = samples;
    }

    /// <summary>The folder's.</summary>
    public string Name { get; }

    /// <summary>Files that were not skipped.</summary>
    public int Count => _labels.Length;

    /// <summary>[channels, height, width].</summary>
    public TensorShape SampleShape { get; }

    /// <summary>Folders.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The names of the folders, in ordinal order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Bad files that were left out, in the order of the samples.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>The file of every sample: class by class, and in ordinal order in each.</summary>
    public IReadOnlyList<string> Paths => _samples.Paths;

    /// <summary>Bytes that the cache holds now.</summary>
    public long CachedBytes => _samples.Bytes;

    /// <summary>Lists a folder and checks its files, on all threads.</summary>
    /// <param name="folder">Holds one folder a class: names that begin with a dot and files beside the folders do not count.</param>
    /// <param name="height">All images are stretched to this height.</param>
    /// <param name="width">And this width.</param>
    /// <param name="options">Where they are not given: colours, bad files skipped, everything decoded, 1 GB of cache.</param>
    /// <param name="cancellationToken">Looked at before each file.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or an option out of its range.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No class, a class without a good image, or a bad file where <see cref="ImageFolderOptions.Strict"/> is set.</exception>
    /// <exception cref="DllNotFoundException">The system has no library for a format; the message names the package.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImageFolderDataset Load(
        string folder, int height, int width, ImageFolderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ImageFolderOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.CacheBytes, $"{nameof(options)}.{nameof(options.CacheBytes)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPixels, 1, $"{nameof(options)}.{nameof(options.MaxPixels)}");
        var sample = ImageSample.Create("ImageFolderDataset.Load", options.Channels, height, width);
        string[] classes = FolderListing.Classes(folder);
        string[][] images = Array.ConvertAll(classes, name => FolderListing.Images(Path.Combine(folder, name)));
        string[] paths = [.. images.SelectMany(paths => paths)];
        int[] labels = [.. images.SelectMany((paths, label) => Enumerable.Repeat(label, paths.Length))];

        var samples = new SampleCache(sample, paths, options.MaxPixels, options.CacheBytes);
        string?[] reasons = FolderCheck.Run(samples, options, cancellationToken);
        int[] good = [.. Enumerable.Range(0, paths.Length).Where(index => reasons[index] is null)];
        int[] goodLabels = Array.ConvertAll(good, index => labels[index]);
        int empty = Enumerable.Range(0, classes.Length).Except(goodLabels).FirstOrDefault(-1);
        if (empty >= 0)
        {
            throw new InvalidDataException(
                $"{Path.Combine(folder, classes[empty])}: expected at least one intact image, received none. {reasons[Array.IndexOf(labels, empty)]}");
        }

        return new ImageFolderDataset(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            sample,
            classes,
            goodLabels,
            samples.Only(good),
            [.. paths.Zip(reasons).Where(file => file.Second is not null).Select(file => new SkippedImage(file.First, file.Second!))]);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The sample is not kept, and its file is no longer what it was at load, or was only looked at by its header.</exception>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        _samples.Read(index, sample);
        label = _labels[index];
    }
}

using FastConv.Data;
using FastConv.Imaging;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Imaging;

public sealed class ImageFolderDatasetTests : IDisposable
{
    private const int Side = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [CodecFact]
    public void Classes_are_the_folders_in_ordinal_order()
    {
        Write("dog/b.JPG", "jpeg grey");
        Write("dog/deep/er/a.jpeg", "jpeg progressive");
        Write("Zebra/1.png", "png grey");
        Write("cat/2.png", "png palette");
        Write("cat/10.png", "png colour");
        Write("cat/.hidden.png", "png colour");
        Write(".git/x.png", "png colour");
        Write("beside.png", "png colour");
        _folder.Write("cat/notes.txt", "no image");

        var dataset = ImageFolderDataset.Load(_folder.Path, Side, Side);
        Assert.Equal(["Zebra", "cat", "dog"], dataset.ClassNames);
        Assert.Equal(["Zebra/1.png", "cat/10.png", "cat/2.png", "dog/b.JPG", "dog/deep/er/a.jpeg"], Names(dataset));
        Assert.Equal([0, 1, 1, 2, 2], Labels(dataset));
        Assert.Equal((5, 3), (dataset.Count, dataset.ClassCount));
        Assert.Equal(TensorShape.Create([3, Side, Side]), dataset.SampleShape);
        Assert.Equal(Path.GetFileName(_folder.Path), dataset.Name);
        Assert.Empty(dataset.Skipped);
    }

    [CodecTheory]
    [InlineData(ImageCheck.Decode, long.MaxValue)]
    [InlineData(ImageCheck.Decode, 3 * Side * Side + 1)]
    [InlineData(ImageCheck.Decode, 0)]
    [InlineData(ImageCheck.Header, long.MaxValue)]
    [InlineData(ImageCheck.Header, 0)]
    public void Samples_are_those_of_the_files_with_and_without_a_cache(ImageCheck check, long cacheBytes)
    {
        Write("a/1.png", "png colour");
        Write("a/2.jpg", "jpeg colour");
        Write("b/3.png", "png with alpha");
        var dataset = ImageFolderDataset.Load(_folder.Path, Side, Side, new ImageFolderOptions { Check = check, CacheBytes = cacheBytes });
        float[] sample = TestTensors.NaNs(3 * Side * Side);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int index = 0; index < dataset.Count; index++)
            {
                dataset.Read(index, sample, out _);
                Assert.Equal(ImageFile.ToTensor(dataset.Paths[index], Side, Side).Values, sample);
            }
        }

        Assert.Equal(cacheBytes == 0 ? 0 : cacheBytes < 1000 ? 3 * Side * Side : 3 * 3 * Side * Side, dataset.CachedBytes);
    }

    [CodecFact]
    public void What_is_cached_is_not_read_again_and_allocates_nothing()
    {
        Write("a/1.png", "png colour");
        var dataset = ImageFolderDataset.Load(_folder.Path, Side, Side);
        File.Delete(dataset.Paths[0]);
        float[] sample = new float[3 * Side * Side];
        dataset.Read(0, sample, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        dataset.Read(0, sample, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [CodecFact]
    public void Bad_files_are_left_out_and_listed()
    {
        Write("a/1.png", "png colour");
        _folder.Write("a/2.png", ImageFiles.Bytes("png colour").AsSpan(0, 60));
        _folder.Write("a/3.jpg", "not at all");
        _folder.Write("a/4.jpg", "");
        Write("a/5.jpg", "jpeg colour");
        Directory.CreateDirectory(_folder["a/6.jpg"]);
        File.CreateSymbolicLink(_folder["a/7.jpg"], _folder["a/7.jpg"]);
        File.CreateSymbolicLink(_folder["a/8.jpg"], _folder["a/5.jpg"]);
        Directory.CreateSymbolicLink(_folder["a/circle"], _folder.Path);

        var dataset = ImageFolderDataset.Load(_folder.Path, Side, Side);
        Assert.Equal(["a/1.png", "a/5.jpg", "a/8.jpg"], Names(dataset));
        Assert.Equal(["2.png", "3.jpg", "4.jpg", "7.jpg"], dataset.Skipped.Select(skipped => Path.GetFileName(skipped.Path)));
        Assert.All(dataset.Skipped, skipped => Assert.Contains(skipped.Path, skipped.Reason, StringComparison.Ordinal));
        Assert.Contains("expected an intact PNG file", dataset.Skipped[0].Reason, StringComparison.Ordinal);

        string message = Assert.Throws<InvalidDataException>(
            () => ImageFolderDataset.Load(_folder.Path, Side, Side, new ImageFolderOptions { Strict = true })).Message;
        Assert.Equal(dataset.Skipped[0].Reason, message);
    }

    [CodecFact]
    public void A_file_that_is_bad_behind_its_header_stops_its_reader()
    {
        Write("a/1.png", "png colour");
        string path = _folder.Write("a/2.png", ImageFiles.Bytes("png colour").AsSpan(0, 60));
        var dataset = ImageFolderDataset.Load(_folder.Path, Side, Side, new ImageFolderOptions { Check = ImageCheck.Header });
        var loader = new DataLoader(dataset, 2, workers: 2);
        string message = Assert.Throws<InvalidDataException>(() => { foreach (Batch _ in loader.Epoch(0)) { } }).Message;
        Assert.Contains("sample 1 cannot be read", message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [CodecFact]
    public void Folders_without_samples_are_refused()
    {
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolderDataset.Load(_folder["absent"], Side, Side));
        Assert.Contains("one folder a class", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["a"]);
        Assert.Contains("expected files that end in .jpg, .jpeg, .png", Refusal(), StringComparison.Ordinal);
        _folder.Write("a/1.png", "nothing");
        Assert.Contains("at least one intact image", Refusal(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolderDataset.Load(_folder.Path, 0, Side));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolderDataset.Load(_folder.Path, Side, Side, new ImageFolderOptions { Channels = 4 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolderDataset.Load(_folder.Path, Side, Side, new ImageFolderOptions { CacheBytes = -1 }));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Write("a/1.png", "png grey");
        Assert.ThrowsAny<OperationCanceledException>(() => ImageFolderDataset.Load(_folder.Path, Side, Side, null, cancelled.Token));
    }

    [CodecFact("cats-dogs")]
    public void All_photos_of_cats_and_dogs_decode()
    {
        var dataset = ImageFolderDataset.Load(DataFolder.Find("cats-dogs", out _)!, 64, 64, new ImageFolderOptions { Strict = true });
        Assert.Equal(1399, dataset.Count);
        Assert.Equal(["cat", "dog"], dataset.ClassNames);
        Assert.Equal(700, Labels(dataset).Count(label => label == 0));
        var statistics = DatasetStatistics.Measure(dataset, perChannel: true);
        Assert.All(statistics.Mean.ToArray(), mean => Assert.InRange(mean, 0.35f, 0.55f));
        Assert.All(statistics.StandardDeviation.ToArray(), deviation => Assert.InRange(deviation, 0.2f, 0.3f));
    }

    private static int[] Labels(ImageFolderDataset dataset)
    {
        float[] sample = new float[dataset.SampleShape.Length];
        return
        [
            .. Enumerable.Range(0, dataset.Count).Select(index =>
            {
                dataset.Read(index, sample, out int label);
                return label;
            }),
        ];
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => ImageFolderDataset.Load(_folder.Path, Side, Side)).Message;

    private IEnumerable<string> Names(ImageFolderDataset dataset) => dataset.Paths.Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/'));

    private void Write(string name, string kind)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        _folder.Write(name, ImageFiles.Bytes(kind));
    }
}

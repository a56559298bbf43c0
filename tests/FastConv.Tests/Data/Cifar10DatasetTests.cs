using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class Cifar10DatasetTests : IDisposable
{
    private const int RecordLength = 3073;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_several_files_follow_each_other()
    {
        string first = _folder.Write("first", [.. Record(3, 1), .. Record(9, 2)]);
        string second = _folder.Write("second", Record(0, 3));
        var dataset = Cifar10Dataset.LoadFiles(first, second);
        Assert.Equal((3, 10, "first"), (dataset.Count, dataset.ClassCount, dataset.Name));
        Assert.Equal(TensorShape.Create([3, 32, 32]), dataset.SampleShape);
        Assert.Equal(["airplane", "truck"], [dataset.ClassNames[0], dataset.ClassNames[9]]);
        AssertSample(dataset, 0, 3, 1);
        AssertSample(dataset, 1, 9, 2);
        AssertSample(dataset, 2, 0, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Read(3, new float[3072], out _));
    }

    [Fact]
    public void A_folder_has_the_published_names_or_others()
    {
        _folder.Write("train_b.bin", Record(2, 0));
        _folder.Write("train_a.bin", Record(1, 0));
        _folder.Write("test_batch.bin", Record(5, 0));
        var others = Cifar10Dataset.Load(_folder.Path, "train");
        AssertSample(others, 0, 1, 0);
        AssertSample(others, 1, 2, 0);
        _folder.Write("data_batch_2.bin", Record(8, 0));
        _folder.Write("data_batch_1.bin", Record(7, 0));
        var published = Cifar10Dataset.Load(_folder.Path, "train");
        Assert.Equal(2, published.Count);
        AssertSample(published, 0, 7, 0);
        AssertSample(Cifar10Dataset.Load(_folder.Path, "test"), 0, 5, 0);
        Assert.EndsWith(" test", Cifar10Dataset.Load(_folder.Path, "test").Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_files_are_refused_with_file_record_and_offset()
    {
        Assert.Contains("short: record 1 at offset 3073: expected 3073 bytes, received 3072.", Refusal("short", [.. Record(1, 0), .. Record(1, 0)[..^1]]), StringComparison.Ordinal);
        Assert.Contains("empty: record 0 at offset 0: expected 3073 bytes, received 0.", Refusal("empty", []), StringComparison.Ordinal);
        Assert.Contains(
            "label: record 1, label at offset 3073: expected a class in [0, 10), received 10.", Refusal("label", [.. Record(9, 0), .. Record(10, 0)]), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Cifar10Dataset.LoadFiles(_folder["absent"]));
        Assert.Throws<FileNotFoundException>(() => Cifar10Dataset.Load(_folder.Path, "train"));
        Assert.Throws<DirectoryNotFoundException>(() => Cifar10Dataset.Load(_folder["absent"], "train"));
        Assert.Throws<ArgumentException>(() => Cifar10Dataset.Load(_folder.Path, "validation"));
        Assert.Throws<ArgumentException>(() => Cifar10Dataset.LoadFiles());
    }

    [DataFact("cifar10")]
    public void The_data_that_is_there_is_read()
    {
        string folder = DataFolder.Find("cifar10", out _)!;
        var test = Cifar10Dataset.Load(folder, "test");
        Assert.Equal(10_000, test.Count);
        Assert.Equal(10_000, Cifar10Dataset.Load(folder, "train").Count);
        int[] counts = new int[10];
        float[] sample = new float[3072];
        for (int index = 0; index < test.Count; index++)
        {
            test.Read(index, sample, out int label);
            counts[label]++;
        }

        Assert.All(counts, count => Assert.Equal(1000, count));
    }

    // Red counts up from an offset, green down, blue is constant.
    private static byte[] Record(byte label, int offset) =>
    [
        label,
        .. Enumerable.Range(0, 1024).Select(pixel => (byte)(pixel + offset)),
        .. Enumerable.Range(0, 1024).Select(pixel => (byte)(255 - pixel)),
        .. Enumerable.Repeat((byte)(10 + offset), 1024),
    ];

    private static void AssertSample(Cifar10Dataset dataset, int index, int expectedLabel, int offset)
    {
        float[] sample = TestTensors.NaNs(RecordLength - 1);
        dataset.Read(index, sample, out int label);
        Assert.Equal(expectedLabel, label);
        Assert.Equal(Record(0, offset)[1..].Select(value => value / 255f), sample);
    }

    private string Refusal(string name, byte[] bytes) => Assert.Throws<InvalidDataException>(() => Cifar10Dataset.LoadFiles(_folder.Write(name, bytes))).Message;
}

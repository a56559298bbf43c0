using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class IdxDatasetTests : IDisposable
{
    private const int Count = 4;
    private const int Height = 3;
    private const int Width = 5;
    private const int ImagesHeader = 16;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train", "train-images-idx3-ubyte", "train-labels-idx1-ubyte", false)]
    [InlineData("train", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", true)]
    [InlineData("test", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz", true)]
    [InlineData("test", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte", false)]
    public void Load_reads_images_and_labels_by_split_plain_or_gzip(string split, string images, string labels, bool isGzip)
    {
        byte[] imageBytes = IdxFiles.Images(Count, Height, Width);
        byte[] labelBytes = IdxFiles.Labels(3, 0, 9, 1);
        _folder.Write(images, isGzip && images.EndsWith(".gz", StringComparison.Ordinal) ? IdxFiles.Gzip(imageBytes) : imageBytes);
        _folder.Write(labels, isGzip ? IdxFiles.Gzip(labelBytes) : labelBytes);

        IdxDataset dataset = IdxDataset.Load(_folder.Path, split);

        Assert.Equal(Count, dataset.Count);
        Assert.Equal(TensorShape.Create([1, Height, Width]), dataset.SampleShape);
        Assert.Equal(10, dataset.ClassCount);
        Assert.EndsWith(split, dataset.Name, StringComparison.Ordinal);
        byte[] pixels = IdxFiles.Pixels(Count * Height * Width);
        int[] expectedLabels = [3, 0, 9, 1];
        float[] sample = TestTensors.NaNs(Height * Width);
        for (int index = 0; index < Count; index++)
        {
            dataset.Read(index, sample, out int label);
            Assert.Equal(expectedLabels[index], label);
            for (int pixel = 0; pixel < sample.Length; pixel++)
            {
                Assert.Equal(pixels[index * sample.Length + pixel] / 255f, sample[pixel]);
            }
        }
    }

    [Fact]
    public void Load_reads_more_than_its_first_buffer()
    {
        const int Side = 1200;
        string images = _folder.Write("images", IdxFiles.Gzip(IdxFiles.Images(2, Side, Side)));
        IdxDataset dataset = IdxDataset.LoadFiles(images, _folder.Write("labels", IdxFiles.Labels(0, 1)));
        float[] sample = new float[Side * Side];
        dataset.Read(1, sample, out _);
        Assert.Equal(IdxFiles.Pixels(2 * Side * Side)[^1] / 255f, sample[^1]);
    }

    [Fact]
    public void Load_refuses_missing_folders_files_and_splits()
    {
        Assert.Contains("no-such", Assert.Throws<DirectoryNotFoundException>(() => IdxDataset.Load(_folder["no-such"], "train")).Message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<FileNotFoundException>(() => IdxDataset.Load(_folder.Path, "train")).Message, StringComparison.Ordinal);
        Assert.Contains("'dev'", Assert.Throws<ArgumentException>(() => IdxDataset.Load(_folder.Path, "dev")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_with_the_field_and_its_offset()
    {
        byte[] whole = IdxFiles.Images(Count, Height, Width);
        (string Field, int Offset)[] fields = [("magic number", 0), ("number of images", 4), ("height", 8), ("width", 12), ("pixels", ImagesHeader)];
        for (int length = 0; length < whole.Length; length++)
        {
            (string field, int offset) = Array.FindLast(fields, field => field.Offset <= length);
            int received = length - offset;
            int expected = field == "pixels" ? whole.Length - ImagesHeader : sizeof(uint);
            AssertRefused(whole[..length], IdxFiles.Labels(1, 2, 3, 4), $"images: {field} at offset {offset}: expected {expected} bytes, received {received}.");
        }
    }

    [Fact]
    public void A_labels_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = IdxFiles.Labels(1, 2, 3, 4);
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(IdxFiles.Images(Count, Height, Width), whole[..length], "labels: ");
        }
    }

    [Fact]
    public void A_gzip_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = IdxFiles.Gzip(IdxFiles.Images(Count, Height, Width));
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], IdxFiles.Labels(1, 2, 3, 4), "images: ");
        }
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused()
    {
        byte[] bytes = IdxFiles.Gzip(IdxFiles.Images(Count, Height, Width));
        bytes[^6] ^= 0x55;
        AssertRefused(bytes, IdxFiles.Labels(1, 2, 3, 4), "gzip");
    }

    [Theory]
    [InlineData(0x00000801u, 0x00000801u, "images: magic number at offset 0: expected 0x00000803, received 0x00000801.")]
    [InlineData(0x00000D03u, 0x00000801u, "images: magic number at offset 0: expected 0x00000803, received 0x00000D03.")]
    [InlineData(0x03080000u, 0x00000801u, "images: magic number at offset 0: expected 0x00000803, received 0x03080000.")]
    [InlineData(0x00000803u, 0x00000803u, "labels: magic number at offset 0: expected 0x00000801, received 0x00000803.")]
    public void A_wrong_magic_number_is_refused(uint imagesMagic, uint labelsMagic, string message) => AssertRefused(
        IdxFiles.File(imagesMagic, [1, Height, Width], IdxFiles.Pixels(Height * Width)),
        IdxFiles.File(labelsMagic, [1], [0]),
        message);

    [Theory]
    [InlineData(0u, 3u, 5u, "number of images at offset 4: expected a number in [1, 2147483647], received 0.")]
    [InlineData(4u, 0u, 5u, "height at offset 8: expected a number in [1, 2147483647], received 0.")]
    [InlineData(4u, 3u, 0u, "width at offset 12: expected a number in [1, 2147483647], received 0.")]
    [InlineData(4u, 3u, uint.MaxValue, "width at offset 12: expected a number in [1, 2147483647], received 4294967295.")]
    [InlineData(4u, 0x7FFFFFFFu, 0x7FFFFFFFu, "pixels at offset 16: expected at most 2147483591 bytes, received sizes 4 x 2147483647 x 2147483647.")]
    [InlineData(4u, 3u, 4u, "end of file at offset 64: expected nothing after the 48 bytes of pixels, received more bytes.")]
    [InlineData(4u, 3u, 6u, "pixels at offset 16: expected 72 bytes, received 60.")]
    [InlineData(5u, 3u, 5u, "number of labels at offset 4: expected 5, the number of images in ")]
    public void Sizes_that_lie_are_refused(uint count, uint height, uint width, string message) => AssertRefused(
        IdxFiles.File(IdxFiles.ImagesMagic, [count, height, width], IdxFiles.Pixels(Count * Height * Width)), IdxFiles.Labels(1, 2, 3, 4), message);

    [Fact]
    public void A_header_that_lies_does_not_allocate_what_it_claims()
    {
        byte[] images = IdxFiles.File(IdxFiles.ImagesMagic, [4, 20_000, 20_000], IdxFiles.Pixels(100));
        byte[] labels = IdxFiles.Labels(1, 2, 3, 4);
        foreach (byte[] file in (byte[][])[images, IdxFiles.Gzip(images)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            AssertRefused(file, labels, "pixels at offset 16: expected 1600000000 bytes, received 100.");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
    }

    [Fact]
    public void Labels_out_of_range_are_refused_where_they_stand()
    {
        string images = _folder.Write("images", IdxFiles.Images(Count, Height, Width));
        string labels = _folder.Write("labels", IdxFiles.Labels(1, 2, 7, 4));
        Assert.Equal(8, IdxDataset.LoadFiles(images, labels).ClassCount);
        Assert.Equal(12, IdxDataset.LoadFiles(images, labels, classCount: 12).ClassCount);
        var exception = Assert.Throws<InvalidDataException>(() => IdxDataset.LoadFiles(images, labels, classCount: 7));
        Assert.Contains("label 2 at offset 10: expected a class below 7, received 7.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_refuses_wrong_indices_and_lengths_and_writes_nothing()
    {
        IdxDataset dataset = IdxDataset.LoadFiles(
            _folder.Write("images", IdxFiles.Images(Count, Height, Width)), _folder.Write("labels", IdxFiles.Labels(1, 2, 3, 4)));
        float[] sample = TestTensors.NaNs(Height * Width);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Read(-1, sample, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Read(Count, sample, out _));
        Assert.Throws<ArgumentException>(() => dataset.Read(0, sample.AsSpan(1), out _));
        TestTensors.AssertUntouched(sample);
    }

    private void AssertRefused(byte[] images, byte[] labels, string message)
    {
        string imagesPath = _folder.Write("images", images);
        string labelsPath = _folder.Write("labels", labels);
        var exception = Assert.Throws<InvalidDataException>(() => IdxDataset.LoadFiles(imagesPath, labelsPath));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}

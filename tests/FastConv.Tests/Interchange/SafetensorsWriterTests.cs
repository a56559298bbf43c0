using System.Text;
using FastConv.Interchange;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Interchange;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt";
        writer.Add("a.weight", Tensor.From([1, -2], 2, 1));
        writer.Add("n", Tensor.From([7]), SafetensorsDType.I64);
        using var stream = new MemoryStream();
        writer.Write(stream);

        string header = """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"a.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}""";
        header += new string(' ', (8 - header.Length % 8) % 8);
        Assert.Equal(
            SafetensorsBytes.Of(Encoding.UTF8.GetBytes(header), Convert.FromHexString("0700000000000000" + "0000803F" + "000000C0")), stream.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var writer = new SafetensorsWriter { Metadata = { ["z"] = "1e-300", ["a"] = "line\nbreak, \"quote\", \\, ü, 漢, 😀, \0" } };
        float[] values = TestTensors.Random(1, 70_001);
        values[3] = float.NaN;
        writer.Add("long", Tensor.From(values, 70_001));
        writer.Add("ünï\"", Tensor.From([3], 1, 1, 1));
        writer.Save(_folder["x.safetensors"]);

        using SafetensorsFile file = SafetensorsFile.Open(_folder["x.safetensors"]);
        Assert.Equal(writer.Metadata, file.Metadata);
        Assert.Equal(["long", "ünï\""], file.Tensors.Select(tensor => tensor.Name));
        float[] read = new float[values.Length];
        file.Read(file.Tensors[0], read);
        TestTensors.AssertSameBits(values, read);
        Assert.Equal([1, 1, 1], file.Tensors[1].Shape);
        Assert.All(file.Tensors, tensor => Assert.Equal(0, tensor.Offset % 4));
    }

    [Fact]
    public void A_file_without_tensors_is_a_file()
    {
        new SafetensorsWriter().Save(_folder["x.safetensors"]);
        using SafetensorsFile file = SafetensorsFile.Open(_folder["x.safetensors"]);
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void Names_that_cannot_be_are_refused()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x", new Tensor(1));
        Assert.Throws<ArgumentException>(() => writer.Add("x", new Tensor(1)));
        Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", new Tensor(1)));
        Assert.Throws<ArgumentException>(() => writer.Add("", new Tensor(1)));
        Assert.Throws<ArgumentException>(() => writer.Add("y", new Tensor(1), SafetensorsDType.F16));
    }

    [Fact]
    public void A_saved_file_replaces_the_one_before_and_leaves_nothing_beside_it()
    {
        string path = _folder.Write("x.safetensors", "before");
        _folder.Write("x.safetensors.tmp", "what a killed process left behind, longer than the whole of the next file that is written here");
        new SafetensorsWriter().Save(path);
        SafetensorsFile.Open(path).Dispose();
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_link_is_followed()
    {
        string path = _folder.Write("x.safetensors", "before");
        File.CreateSymbolicLink(_folder["link"], path);
        new SafetensorsWriter().Save(_folder["link"]);
        SafetensorsFile.Open(path).Dispose();
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public void A_failure_leaves_the_file_before_and_no_other()
    {
        string path = _folder.Write("x", "before");
        byte[] some = new byte[1 << 20];
        IOException exception = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(some);
            throw new IOException("full");
        }));
        Assert.Equal("full", exception.Message);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Two_at_once_do_not_touch_each_other()
    {
        string path = _folder["x"];
        AtomicFile.Write(path, stream =>
        {
            Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, second => second.WriteByte(2)));
            stream.WriteByte(1);
        });
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_reported() =>
        Assert.ThrowsAny<IOException>(() => new SafetensorsWriter().Save(Path.Combine(_folder.Path, "none", "x")));

    [FullDiskFact]
    public void A_full_disk_is_reported_and_the_file_before_stays()
    {
        using var disk = new SmallDisk(kilobytes: 64);
        string path = Path.Combine(disk.Path, "x.safetensors");
        var small = new SafetensorsWriter();
        small.Add("x", Tensor.From([1, 2, 3], 3));
        small.Save(path);
        var large = new SafetensorsWriter();
        large.Add("x", new Tensor(100_000));
        Assert.ThrowsAny<IOException>(() => large.Save(path));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(3, Assert.Single(file.Tensors).Count);
        Assert.Equal([path], Directory.GetFiles(disk.Path));
    }
}

using System.Globalization;
using System.IO.Pipes;
using System.Text;
using FastConv.Interchange;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Interchange;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string ScalarX = "\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_types_shapes_offsets_and_metadata_are_listed()
    {
        string json = """
            {"__metadata__":{"format":"pt","note":"\u00e4 \"quoted\""},
             "b":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"a":{"data_offsets":[0,8],"shape":[2,1],"dtype":"F32"},
             "empty":{"dtype":"F16","shape":[0,3],"data_offsets":[8,8]}}
            """;
        using SafetensorsFile file = Open(SafetensorsBytes.Of(json, 16));
        Assert.Equal(["a", "empty", "b"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([SafetensorsDType.F32, SafetensorsDType.F16, SafetensorsDType.I64], file.Tensors.Select(tensor => tensor.DType));
        Assert.Equal([[2, 1], [0, 3], []], file.Tensors.Select(tensor => tensor.Shape.ToArray()));
        Assert.Equal([2, 0, 1], file.Tensors.Select(tensor => tensor.Count));
        Assert.Equal([8, 0, 8], file.Tensors.Select(tensor => tensor.ByteLength));
        int start = 8 + Encoding.UTF8.GetByteCount(json);
        Assert.Equal([start, start + 8, start + 8], file.Tensors.Select(tensor => tensor.Offset));
        Assert.Equal("ä \"quoted\"", file.Metadata["note"]);
        Assert.Equal(2, file.Metadata.Count);
        Assert.False(file.TryFind("c", out _));
        Assert.True(file.TryFind("b", out SafetensorsTensor? found));
        Assert.Equal("b I64 []", found.ToString());
    }

    [Theory]
    [InlineData("F32", "0000C03F", "1.5")]
    [InlineData("F64", "000000000000F83F", "1.5")]
    [InlineData("F64", "9A9999999999B93F", "0.1")]
    [InlineData("F16", "003E0080007C", "1.5,-0,Infinity")]
    [InlineData("F16", "0100", "5.9604645E-08")]
    [InlineData("BF16", "C03F0080C07F", "1.5,-0,NaN")]
    [InlineData("I64", "FFFFFFFFFFFFFFFF", "-1")]
    [InlineData("I64", "0100000100000000", "16777216")]
    [InlineData("I32", "FEFFFFFF", "-2")]
    [InlineData("I16", "FDFF", "-3")]
    [InlineData("I8", "FC7F", "-4,127")]
    [InlineData("U64", "0000000000000080", "9.223372E+18")]
    [InlineData("U32", "FFFFFFFF", "4.2949673E+09")]
    [InlineData("U16", "FFFF", "65535")]
    [InlineData("U8", "00FF", "0,255")]
    [InlineData("BOOL", "000101", "0,1,1")]
    public void Elements_become_the_nearest_floats(string dtype, string hex, string expected)
    {
        float[] wanted = [.. expected.Split(',').Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        using SafetensorsFile file = Open(SafetensorsBytes.Single(dtype, $"[{wanted.Length}]", Convert.FromHexString(hex)));
        float[] actual = TestTensors.NaNs(wanted.Length);
        file.Read(file.Tensors[0], actual);
        Assert.Equal(wanted, actual);
        Assert.Equal(wanted.Select(value => value == 0 && float.IsNegative(value)), actual.Select(value => value == 0 && float.IsNegative(value)));
    }

    [Fact]
    public void Long_tensors_are_converted_whole()
    {
        const int Count = 100_003;
        byte[] data = new byte[Count * 8];
        for (int index = 0; index < Count; index++)
        {
            BitConverter.TryWriteBytes(data.AsSpan(index * 8), (long)index);
        }

        using SafetensorsFile file = Open(SafetensorsBytes.Single("I64", $"[{Count}]", data));
        float[] values = new float[Count];
        file.Read(file.Tensors[0], values);
        Assert.Equal(Enumerable.Range(0, Count).Select(index => (float)index), values);
    }

    [Theory]
    [InlineData("BOOL", "0002", "expected booleans, 0 or 1, received 2 (offset ")]
    [InlineData("F8_E4M3", "0000", "received F8_E4M3")]
    [InlineData("F8_E5M2", "0000", "received F8_E5M2")]
    public void Elements_without_a_float_value_are_refused(string dtype, string hex, string message)
    {
        using SafetensorsFile file = Open(SafetensorsBytes.Single(dtype, "[2]", Convert.FromHexString(hex)));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => file.Read(file.Tensors[0], new float[2]));
        Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_for_another_number_of_elements_is_refused()
    {
        using SafetensorsFile file = Open(SafetensorsBytes.Single("F32", "[2]", new byte[8]));
        Assert.Throws<ArgumentException>(() => file.Read(file.Tensors[0], new float[3]));
    }

    [Fact]
    public void A_file_that_became_shorter_is_refused()
    {
        string path = _folder.Write("x.safetensors", SafetensorsBytes.Single("F32", "[2]", new byte[8]));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(stream.Length - 3);
        }

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => file.Read(file.Tensors[0], new float[2]));
        Assert.Contains("expected 3 bytes more", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected 8 bytes, the file has 0 (offset 0)")]
    [InlineData("01000000000000", "expected 8 bytes, the file has 7")]
    [InlineData("0100000000000000", "expected at most the 0 bytes that follow, received 1")]
    [InlineData("01E1F50500000000", "expected at most 100000000, received 100000001")]
    [InlineData("FFFFFFFFFFFFFFFF", "expected at most 100000000, received 18446744073709551615")]
    [InlineData("0000000000000000", "expected to begin with '{'")]
    [InlineData("0400000000000000207B7D20", "expected to begin with '{'")]
    [InlineData("05000000000000007B22FF227D", "expected UTF-8")]
    public void Bytes_that_are_no_file_of_the_format_are_refused(string hex, string message) => AssertRefused(Convert.FromHexString(hex), message);

    [Theory]
    [InlineData("{", 0, "expected JSON")]
    [InlineData("{}}", 0, "expected JSON")]
    [InlineData("{} {}", 0, "expected JSON")]
    [InlineData("{} 1", 0, "expected JSON")]
    [InlineData("{" + ScalarX + ",}", 4, "expected JSON")]
    [InlineData("{/**/}", 0, "expected JSON")]
    [InlineData("{\"\\ud800\":{}}", 0, "expected JSON")]
    [InlineData("{\"x\":1}", 0, "'x': expected an object (offset 9)")]
    [InlineData("{\"x\":[]}", 0, "'x': expected an object")]
    [InlineData("{\"x\":{}}", 0, "'x': expected dtype, shape and data_offsets")]
    [InlineData("{" + ScalarX + "," + ScalarX + "}", 4, "'x': expected every key once, received it twice")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "expected every key once")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "'__metadata__.a': expected every key once")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", 0, "'__metadata__.a': expected a string")]
    [InlineData("{\"__metadata__\":{\"a\":null}}", 0, "'__metadata__.a': expected a string")]
    [InlineData("{\"__metadata__\":\"a\"}", 0, "'__metadata__': expected an object")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4, "each once, received 'dtype'")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"more\":1}}", 4, "received 'more'")]
    [InlineData("{\"x\":{\"dtype\":\"F33\",\"shape\":[],\"data_offsets\":[0,4]}}", 4, "'x'.dtype: expected one of F32, ")]
    [InlineData("{\"x\":{\"dtype\":4,\"shape\":[],\"data_offsets\":[0,4]}}", 4, "'x'.dtype")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", 4, "'x'.shape: expected an array")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}", 4, "expected JSON")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "expected whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", 4, "expected whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,4]}}", 4, "expected whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", 4, "expected whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4]}}", 4, "expected begin and end in this order, received [4]")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "expected begin and end in this order, received [4, 0]")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", 4, "expected begin and end in this order")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "expected 8 bytes for F32 [2], received 4")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "are beyond 2^63 bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "are beyond 2^63 bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2305843009213693951],\"data_offsets\":[0,9223372036854775804]}}", 4, "expected to end within a file")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1152921504606846976],\"data_offsets\":[0,4611686018427387904]}}", 4, "reaches beyond the end of the file")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "leaves a hole before it")]
    [InlineData("{" + ScalarX + ",\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", 8, "overlaps what lies before it")]
    [InlineData("{" + ScalarX + ",\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "overlaps what lies before it")]
    [InlineData("{" + ScalarX + ",\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", 12, "leaves a hole before it")]
    [InlineData("{" + ScalarX + "}", 3, "reaches beyond the end of the file")]
    [InlineData("{" + ScalarX + "}", 5, "data: expected 4 bytes, as the tensors have, received 5")]
    [InlineData("{}", 1, "data: expected 0 bytes")]
    public void Headers_that_the_format_forbids_are_refused(string header, int dataBytes, string message) =>
        AssertRefused(SafetensorsBytes.Of(header, dataBytes), message);

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{}    ", 0)]
    [InlineData("{\"__metadata__\":{}}", 0)]
    [InlineData("{" + ScalarX + "} ", 4)]
    public void What_the_format_allows_is_opened(string header, int dataBytes)
    {
        using SafetensorsFile file = Open(SafetensorsBytes.Of(header, dataBytes));
        Assert.Equal(dataBytes / 4, file.Tensors.Count);
    }

    [Fact]
    public void Nested_JSON_is_refused_without_walking_into_it() =>
        AssertRefused(SafetensorsBytes.Of($"{{\"x\":{new string('[', 1_000_000)}"), "'x': expected an object");

    [Fact]
    public void Messages_stay_short_whatever_the_header_has()
    {
        string name = new('n', 1_000_000);
        string sizes = string.Join(',', Enumerable.Repeat("1", 500_000));
        foreach (string header in (string[])[
            $"{{\"{name}\":1}}",
            $"{{\"{name}\":{{\"dtype\":\"{name}\"}}}}",
            $"{{\"x\":{{\"dtype\":\"F32\",\"shape\":[{sizes}],\"data_offsets\":[0,8]}}}}",
            $"{{\"x\":{{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[{sizes}]}}}}",
            $"{{\"{name}\":{{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}}}"])
        {
            string path = _folder.Write("bad.safetensors", SafetensorsBytes.Of(header));
            Assert.InRange(Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message.Length, 1, 1500);
        }
    }

    [Fact]
    public void A_pipe_is_refused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        string path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        Assert.Contains("expected a file", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_length_costs_no_memory()
    {
        // The file claims the longest header that is allowed and has none of it.
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(Convert.FromHexString("00E1F50500000000"), "expected at most the 0 bytes that follow");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Any_changed_byte_of_a_header_gives_a_file_or_an_InvalidDataException()
    {
        byte[] good = SafetensorsBytes.Of("{\"__metadata__\":{\"a\":\"b\"}," + ScalarX + ",\"y\":{\"dtype\":\"U8\",\"shape\":[2,2],\"data_offsets\":[4,8]}}", 8);
        for (int position = 0; position < good.Length - 8; position++)
        {
            foreach (byte value in (byte[])[0, (byte)'"', (byte)'{', (byte)'9', (byte)',', (byte)'\\', 0x80, 0xFF])
            {
                byte[] bad = [.. good];
                bad[position] = value;
                string path = _folder.Write("bad.safetensors", bad);
                try
                {
                    SafetensorsFile.Open(path).Dispose();
                }
                catch (InvalidDataException exception)
                {
                    Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
                    Assert.Contains("(offset ", exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    private SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(_folder.Write("x.safetensors", bytes));

    private void AssertRefused(byte[] bytes, string message)
    {
        string path = _folder.Write("bad.safetensors", bytes);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("(offset ", exception.Message, StringComparison.Ordinal);
    }
}

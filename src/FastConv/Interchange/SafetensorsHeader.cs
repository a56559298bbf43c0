using System.Text.Json;
using System.Text.Unicode;

namespace FastConv.Interchange;

/// <summary>
/// The JSON between the length and the data: one entry a tensor, and strings under <c>__metadata__</c>. Everything that the format asks for is
/// checked here: no key twice, known element types, sizes whose product fits, and data that is covered by the tensors without holes or overlaps.
/// Source: https://github.com/huggingface/safetensors
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes before the JSON: its length as a little-endian integer.</summary>
    public const int LengthBytes = sizeof(ulong);

    public const string MetadataKey = "__metadata__";

    // An entry is an object with arrays inside, in the outer object.
    private const int DeepestNesting = 3;

    // Of what messages show.
    private const int LongestText = 400;
    private const int MostSizes = 16;

    private readonly string _path;
    private readonly long _dataStart;
    private readonly List<SafetensorsTensor> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader(string path, long dataStart)
    {
        _path = path;
        _dataStart = dataStart;
    }

    /// <summary>In the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads and checks a header.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="json">All of it, padding included.</param>
    /// <param name="dataLength">Bytes of the file behind it.</param>
    /// <exception cref="InvalidDataException">Anything that the format does not allow, with file, field and offset.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(path, LengthBytes + json.Length);
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw header.Refuse(0, "header", "expected to begin with '{'");
        }

        if (!Utf8.IsValid(json))
        {
            throw header.Refuse(0, "header", "expected UTF-8, received bytes that are not");
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            header.ReadEntries(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw header.Refuse(reader.BytesConsumed, "header", $"expected JSON: {exception.Message}");
        }

        SafetensorsCoverage.Require(path, header._tensors, header._dataStart, dataLength);
        return header;
    }

    private InvalidDataException Refuse(long position, string field, string reason) =>
        new($"{_path}: {Shorten(field)}: {Shorten(reason)} (offset {LengthBytes + position}).");

    // A hostile header may have megabytes where a name or a size is meant.
    public static string Shorten(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "...");

    private static string Show(long[] sizes) => $"[{string.Join(", ", sizes.Take(MostSizes))}{(sizes.Length > MostSizes ? ", ..." : "")}]";

    private void ReadEntries(ref Utf8JsonReader reader)
    {
        var seen = new HashSet<string>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            long position = reader.TokenStartIndex;
            if (!seen.Add(name))
            {
                throw Refuse(position, $"'{name}'", "expected every key once, received it twice");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Refuse(position, $"'{name}'", "expected an object");
            }

            if (name == MetadataKey)
            {
                ReadMetadata(ref reader);
            }
            else
            {
                ReadTensor(ref reader, name, position);
            }
        }

        // What follows the object is padding or an error that the reader throws.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            long position = reader.TokenStartIndex;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw Refuse(position, $"'{MetadataKey}.{key}'", "expected a string");
            }

            if (!_metadata.TryAdd(key, reader.GetString()!))
            {
                throw Refuse(position, $"'{MetadataKey}.{key}'", "expected every key once, received it twice");
            }
        }
    }

    private void ReadTensor(ref Utf8JsonReader reader, string name, long position)
    {
        SafetensorsDType? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            long at = reader.TokenStartIndex;
            reader.Read();
            switch (field)
            {
                case "dtype" when dtype is null:
                    string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                    dtype = SafetensorsDTypes.Parse(text) ?? throw Refuse(at, $"'{name}'.dtype", $"expected one of {SafetensorsDTypes.Names}, received '{text}'");
                    break;
                case "shape" when shape is null:
                    shape = ReadSizes(ref reader, $"'{name}'.shape", at);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadSizes(ref reader, $"'{name}'.data_offsets", at);
                    break;
                default:
                    throw Refuse(at, $"'{name}'", $"expected dtype, shape and data_offsets, each once, received '{field}'");
            }
        }

        if (dtype is not { } kind || shape is null || offsets is null)
        {
            throw Refuse(position, $"'{name}'", "expected dtype, shape and data_offsets");
        }

        if (offsets is not [long begin, long end] || end < begin)
        {
            throw Refuse(position, $"'{name}'.data_offsets", $"expected begin and end in this order, received {Show(offsets)}");
        }

        long count = CountElements(shape, kind) ?? throw Refuse(position, $"'{name}'.shape", $"the elements of {Show(shape)} are beyond 2^63 bytes");
        if (end - begin != count * SafetensorsDTypes.SizeOf(kind))
        {
            string expected = $"{count * SafetensorsDTypes.SizeOf(kind)} bytes for {SafetensorsDTypes.NameOf(kind)} {Show(shape)}";
            throw Refuse(position, $"'{name}'.data_offsets", $"expected {expected}, received {end - begin}");
        }

        if (end > long.MaxValue - _dataStart)
        {
            throw Refuse(position, $"'{name}'.data_offsets", $"expected to end within a file, received {end}");
        }

        _tensors.Add(new SafetensorsTensor(name, kind, shape, count, _dataStart + begin));
    }

    private long[] ReadSizes(ref Utf8JsonReader reader, string field, long position)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Refuse(position, field, "expected an array");
        }

        var sizes = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || size < 0)
            {
                throw Refuse(reader.TokenStartIndex, field, "expected whole numbers from 0 to 2^63 - 1");
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }

    // Null where the bytes do not fit 63 bits. The smallest is multiplied last, so that a 0 does not hide what is too large.
    private static long? CountElements(long[] shape, SafetensorsDType dtype)
    {
        UInt128 bytes = (UInt128)SafetensorsDTypes.SizeOf(dtype);
        foreach (long size in shape.OrderDescending())
        {
            bytes *= (UInt128)size;
            if (bytes > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes / SafetensorsDTypes.SizeOf(dtype);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using FastConv.Tensors;

namespace FastConv.Interchange;

/// <summary>
/// Collects tensors under names and writes them as one safetensors file. Elements of 8 bytes come first, so that all are aligned; among them tensors lie in
/// the order in which they were added.
/// </summary>
public sealed class SafetensorsWriter
{
    // Data begins at a multiple of this.
    private const int Alignment = 8;

    private readonly List<(string Name, Tensor Value, SafetensorsDType DType)> _tensors = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Strings to be kept beside the tensors; written in the order of their keys.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Adds a tensor. It is not copied: what is written are its values at the time of writing.</summary>
    /// <param name="name">Any text but <c>__metadata__</c>, each once.</param>
    /// <param name="value">The values.</param>
    /// <param name="dtype">What they are written as: F32 as they are, I64 without their fractions.</param>
    /// <exception cref="ArgumentException">A name that is empty, reserved or there already, or another dtype.</exception>
    public void Add(string name, Tensor value, SafetensorsDType dtype = SafetensorsDType.F32)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (dtype is not (SafetensorsDType.F32 or SafetensorsDType.I64))
        {
            throw new ArgumentException($"SafetensorsWriter.Add: dtype of '{name}' expects F32 or I64, received {dtype}.", nameof(dtype));
        }

        if (name == SafetensorsHeader.MetadataKey || !_names.Add(name))
        {
            throw new ArgumentException($"SafetensorsWriter.Add: expects every name once and none to be {SafetensorsHeader.MetadataKey}, received '{name}'.", nameof(name));
        }

        _tensors.Add((name, value, dtype));
    }

    /// <summary>
    /// Writes the file in one go: under a temporary name in the same folder, then to the disk, then in place of a file that is there. Whatever happens
    /// meanwhile, the path holds the file from before or the whole new one.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or the folder is not there or not to be written; a file that was there stays.</exception>
    /// <exception cref="InvalidOperationException">Names and metadata are beyond the longest header of the format.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Write);
    }

    /// <summary>Writes the same bytes to a stream.</summary>
    /// <exception cref="InvalidOperationException">Names and metadata are beyond the longest header of the format.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (string Name, Tensor Value, SafetensorsDType DType)[] ordered = [.. _tensors.OrderByDescending(entry => SafetensorsDTypes.SizeOf(entry.DType))];
        ReadOnlySpan<byte> header = Header(ordered);
        if (header.Length > SafetensorsFile.LongestHeader)
        {
            throw new InvalidOperationException($"SafetensorsWriter: a header expects at most {SafetensorsFile.LongestHeader} bytes, names and metadata make {header.Length}.");
        }

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, Tensor value, SafetensorsDType dtype) in ordered)
        {
            SafetensorsValues.Write(stream, dtype, value.Values);
        }
    }

    private ReadOnlySpan<byte> Header((string Name, Tensor Value, SafetensorsDType DType)[] tensors)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string text) in Metadata)
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach ((string name, Tensor value, SafetensorsDType dtype) in tensors)
            {
                long end = offset + (long)value.Length * SafetensorsDTypes.SizeOf(dtype);
                WriteEntry(json, name, value, dtype, offset, end);
                offset = end;
            }

            json.WriteEndObject();
        }

        int padding = (Alignment - bytes.WrittenCount % Alignment) % Alignment;
        bytes.GetSpan(padding)[..padding].Fill((byte)' ');
        bytes.Advance(padding);
        return bytes.WrittenSpan;
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, Tensor value, SafetensorsDType dtype, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsDTypes.NameOf(dtype));
        json.WriteStartArray("shape");
        foreach (int size in value.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

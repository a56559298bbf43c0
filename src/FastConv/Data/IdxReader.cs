using System.Buffers.Binary;
using System.IO.Compression;

namespace FastConv.Data;

/// <summary>
/// One file of unsigned bytes in the IDX format, plain or gzip (of one member): a big-endian magic number 0x000008RR (RR = rank), RR big-endian
/// 32-bit sizes, then the bytes, and nothing after them (http://yann.lecun.com/exdb/mnist/). Memory grows with the bytes that arrive, so a
/// header that lies about its sizes costs nothing.
/// </summary>
internal sealed class IdxReader : IDisposable
{
    private const uint UnsignedBytes = 0x800;
    private const int FirstCapacity = 1 << 20;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _stream;
    private long _offset;

    public IdxReader(string path)
    {
        _path = path;
        _file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        bool isGzip = _file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1F, 0x8B];
        _file.Position = 0;
        _stream = isGzip ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads the magic number of a file of this rank.</summary>
    public void ReadMagic(int rank)
    {
        uint expected = UnsignedBytes | (uint)rank;
        uint magic = ReadUInt32("magic number");
        if (magic != expected)
        {
            throw Refuse("magic number", _offset - sizeof(uint), $"0x{expected:X8}", $"0x{magic:X8}");
        }
    }

    /// <summary>Reads one size: at least 1, and small enough for one array.</summary>
    public int ReadSize(string field)
    {
        uint size = ReadUInt32(field);
        return size is >= 1 and <= int.MaxValue
            ? (int)size
            : throw Refuse(field, _offset - sizeof(uint), $"a number in [1, {int.MaxValue}]", $"{size}");
    }

    /// <summary>Reads all that is left, which must be this long.</summary>
    public byte[] ReadToEnd(string field, params ReadOnlySpan<int> sizes)
    {
        long start = _offset;
        long length = 1;
        foreach (int size in sizes)
        {
            length *= size;
            if (length > Array.MaxLength)
            {
                throw Refuse(field, start, $"at most {Array.MaxLength} bytes", $"sizes {string.Join(" x ", sizes.ToArray())}");
            }
        }

        byte[] bytes = new byte[Math.Min(length, FirstCapacity)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            }

            int received = Receive(bytes.AsSpan(filled), field, start);
            filled += received;
            if (filled < bytes.Length)
            {
                throw Refuse(field, start, $"{length} bytes", $"{filled}");
            }
        }

        if (Receive(stackalloc byte[1], field, start) != 0)
        {
            throw Refuse("end of file", _offset - 1, $"nothing after the {length} bytes of {field}", "more bytes");
        }

        if (_stream != _file)
        {
            RequireGzipTrailer();
        }

        return bytes;
    }

    /// <summary>The exception for a field that is not what it must be.</summary>
    public InvalidDataException Refuse(string field, long offset, string expected, string received, Exception? cause = null) =>
        new($"{_path}: {field} at offset {offset}: expected {expected}, received {received}.", cause);

    // GZipStream compares what the trailer says with what it unpacked, but takes a file without the trailer's last bytes for whole. The
    // trailer ends in the length.
    private void RequireGzipTrailer()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        long start = _file.Length - bytes.Length;
        _file.Position = start;
        _file.ReadExactly(bytes);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length != (uint)_offset)
        {
            throw Refuse("length in the gzip trailer", start, $"{_offset}", $"{length}");
        }
    }

    private uint ReadUInt32(string field)
    {
        long start = _offset;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        int received = Receive(bytes, field, start);
        return received == bytes.Length
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : throw Refuse(field, start, $"{bytes.Length} bytes", $"{received}");
    }

    private int Receive(Span<byte> bytes, string field, long start)
    {
        try
        {
            int received = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _offset += received;
            return received;
        }
        catch (InvalidDataException exception)
        {
            throw Refuse(field, start, "intact gzip data", "damaged or cut data", exception);
        }
    }
}

using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace FastConv.Imaging;

/// <summary>The contents of one file in rented memory.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly byte[] _bytes;
    private readonly int _length;

    private FileBytes(byte[] bytes, int length)
    {
        _bytes = bytes;
        _length = length;
    }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads a file, at the end of links.</summary>
    /// <exception cref="IOException">No such file, links that lead nowhere, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">Empty, or larger than an array. Pipes and devices count as empty: opening them could wait for ever.</exception>
    public static FileBytes Read(string path)
    {
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        long length = file.Length;
        if (length is 0 or > int.MaxValue / 2)
        {
            throw new InvalidDataException($"{path}: expected a file of 1 to {int.MaxValue / 2} bytes, received {length}.");
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            int filled = 0;
            int received;
            while (filled < length && (received = RandomAccess.Read(handle, bytes.AsSpan(filled, (int)length - filled), filled)) > 0)
            {
                filled += received;
            }

            return new FileBytes(bytes, filled);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace FastConv.Interchange;

/// <summary>
/// A safetensors file, open for reading: tensors under names, and strings. Opening reads and checks the header alone, whatever the file claims to
/// be; tensors are read one at a time, from any number of threads.
/// Source: https://huggingface.co/docs/safetensors
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    /// <summary>The longest header that the format allows, in bytes.</summary>
    public const int LongestHeader = 100_000_000;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, SafetensorsTensor> _byName;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header)
    {
        Path = path;
        _handle = handle;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
        _byName = Tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>As it was given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>All tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The strings of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header by all rules of the format.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a safetensors file, with the field and the offset.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileHandle handle = File.OpenHandle(path);
        try
        {
            return new SafetensorsFile(path, handle, ReadHeader(path, handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of this name, if there is one.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>
    /// Reads a tensor as floats: half precisions, bytes and 16-bit integers as they are, doubles and longer integers as the nearest float, booleans as 0 and 1.
    /// </summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="values">As many as the tensor has elements; contents unknown after an error.</param>
    /// <exception cref="ArgumentException">A span of another length.</exception>
    /// <exception cref="InvalidDataException">Elements of 8-bit floats or complex numbers, a boolean that is neither, or a file that has become shorter.</exception>
    public void Read(SafetensorsTensor tensor, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (values.Length != tensor.Count)
        {
            throw new ArgumentException($"SafetensorsFile.Read: '{tensor.Name}' has {tensor.Count} elements, received room for {values.Length}.", nameof(values));
        }

        SafetensorsValues.Read(Path, _handle, tensor, values);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static long LengthOf(string path, SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidDataException($"{path}: expected a file, received a pipe or a device (offset 0).", exception);
        }
    }

    private static SafetensorsHeader ReadHeader(string path, SafeFileHandle handle)
    {
        long fileLength = LengthOf(path, handle);
        Span<byte> lengthBytes = stackalloc byte[SafetensorsHeader.LengthBytes];
        if (fileLength < lengthBytes.Length)
        {
            throw new InvalidDataException($"{path}: header length: expected {lengthBytes.Length} bytes, the file has {fileLength} (offset 0).");
        }

        SafetensorsValues.ReadExactly(path, handle, lengthBytes, 0);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > LongestHeader)
        {
            throw new InvalidDataException($"{path}: header length: expected at most {LongestHeader}, received {length} (offset 0).");
        }

        if ((long)length > fileLength - lengthBytes.Length)
        {
            throw new InvalidDataException($"{path}: header length: expected at most the {fileLength - lengthBytes.Length} bytes that follow, received {length} (offset 0).");
        }

        byte[] json = new byte[(int)length];
        SafetensorsValues.ReadExactly(path, handle, json, lengthBytes.Length);
        return SafetensorsHeader.Parse(path, json, fileLength - lengthBytes.Length - json.Length);
    }
}

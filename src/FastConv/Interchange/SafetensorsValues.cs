using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FastConv.Interchange;

/// <summary>Elements between their bytes in a file, which are little-endian, and floats.</summary>
internal static class SafetensorsValues
{
    // Bytes converted at a time: a multiple of every element's size.
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads all elements of a tensor; as many floats.</summary>
    public static void Read(string path, SafeFileHandle handle, SafetensorsTensor tensor, Span<float> values)
    {
        if (tensor.DType == SafetensorsDType.F32 && BitConverter.IsLittleEndian)
        {
            ReadExactly(path, handle, MemoryMarshal.AsBytes(values), tensor.Offset);
            return;
        }

        int size = SafetensorsDTypes.SizeOf(tensor.DType);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (int done = 0; done < values.Length;)
            {
                int count = Math.Min(ChunkBytes / size, values.Length - done);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                long offset = tensor.Offset + (long)done * size;
                ReadExactly(path, handle, bytes, offset);
                if (!BitConverter.IsLittleEndian)
                {
                    ReverseElements(bytes, size);
                }

                Convert(path, tensor, offset, bytes, values.Slice(done, count));
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Fills the span from an offset of the file.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public static void ReadExactly(string path, SafeFileHandle handle, Span<byte> bytes, long offset)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int count = RandomAccess.Read(handle, bytes[done..], offset + done);
            if (count == 0)
            {
                throw new InvalidDataException($"{path}: data: expected {bytes.Length - done} bytes more, the file ends (offset {offset + done}).");
            }

            done += count;
        }
    }

    /// <summary>Writes floats as F32, or without their fractions as I64.</summary>
    public static void Write(Stream stream, SafetensorsDType dtype, ReadOnlySpan<float> values)
    {
        if (dtype == SafetensorsDType.F32 && BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        int size = SafetensorsDTypes.SizeOf(dtype);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (!values.IsEmpty)
            {
                int count = Math.Min(ChunkBytes / size, values.Length);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                if (dtype == SafetensorsDType.I64)
                {
                    TensorPrimitives.ConvertTruncating<float, long>(values[..count], MemoryMarshal.Cast<byte, long>(bytes));
                }
                else
                {
                    MemoryMarshal.AsBytes(values[..count]).CopyTo(bytes);
                }

                if (!BitConverter.IsLittleEndian)
                {
                    ReverseElements(bytes, size);
                }

                stream.Write(bytes);
                values = values[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void Convert(string path, SafetensorsTensor tensor, long offset, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (tensor.DType)
        {
            case SafetensorsDType.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case SafetensorsDType.F64:
                Convert<double>(bytes, values);
                break;
            case SafetensorsDType.F16:
                Convert<Half>(bytes, values);
                break;
            case SafetensorsDType.BF16:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int index = 0; index < values.Length; index++)
                {
                    values[index] = BitConverter.UInt32BitsToSingle((uint)upper[index] << 16);
                }

                break;
            case SafetensorsDType.I64:
                Convert<long>(bytes, values);
                break;
            case SafetensorsDType.I32:
                Convert<int>(bytes, values);
                break;
            case SafetensorsDType.I16:
                Convert<short>(bytes, values);
                break;
            case SafetensorsDType.I8:
                Convert<sbyte>(bytes, values);
                break;
            case SafetensorsDType.U64:
                Convert<ulong>(bytes, values);
                break;
            case SafetensorsDType.U32:
                Convert<uint>(bytes, values);
                break;
            case SafetensorsDType.U16:
                Convert<ushort>(bytes, values);
                break;
            case SafetensorsDType.U8:
                Convert<byte>(bytes, values);
                break;
            case SafetensorsDType.Bool:
                int other = bytes.IndexOfAnyExceptInRange((byte)0, (byte)1);
                if (other >= 0)
                {
                    throw new InvalidDataException($"{path}: '{tensor.Name}': expected booleans, 0 or 1, received {bytes[other]} (offset {offset + other}).");
                }

                Convert<byte>(bytes, values);
                break;
            default:
                throw new InvalidDataException(
                    $"{path}: '{tensor.Name}'.dtype: expected real numbers of at least 16 bits, integers or booleans, received {SafetensorsDTypes.NameOf(tensor.DType)} (offset {tensor.Offset}).");
        }
    }

    // Rounds to the nearest.
    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : unmanaged, System.Numerics.INumberBase<T> => TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, T>(bytes), values);

    private static void ReverseElements(Span<byte> bytes, int size)
    {
        for (int start = 0; start < bytes.Length; start += size)
        {
            bytes.Slice(start, size).Reverse();
        }
    }
}

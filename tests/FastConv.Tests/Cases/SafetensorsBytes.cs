using System.Buffers.Binary;
using System.Text;

namespace FastConv.Tests.Cases;

/// <summary>Safetensors files written byte by byte, right or wrong.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A header as it is, with its true length before it and zeros behind it.</summary>
    public static byte[] Of(string header, int dataBytes = 0) => Of(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    /// <summary>A header and data.</summary>
    public static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }

    /// <summary>One tensor called <c>x</c>.</summary>
    public static byte[] Single(string dtype, string shape, ReadOnlySpan<byte> data) =>
        Of(Encoding.UTF8.GetBytes($$$"""{"x":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":[0,{{{data.Length}}}]}}"""), data);
}

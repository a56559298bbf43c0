using System.Buffers.Binary;
using System.IO.Compression;

namespace FastConv.Tests.Cases;

/// <summary>Files in the IDX format, right and wrong.</summary>
internal static class IdxFiles
{
    public const uint ImagesMagic = 0x803;
    public const uint LabelsMagic = 0x801;

    public static byte[] Images(int count, int height, int width) =>
        File(ImagesMagic, [(uint)count, (uint)height, (uint)width], Pixels(count * height * width));

    public static byte[] Labels(params ReadOnlySpan<byte> labels) => File(LabelsMagic, [(uint)labels.Length], labels);

    /// <summary>Any magic number, any sizes, any bytes, whether they fit together or not.</summary>
    public static byte[] File(uint magic, ReadOnlySpan<uint> sizes, ReadOnlySpan<byte> body)
    {
        byte[] file = new byte[sizeof(uint) * (1 + sizes.Length) + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(file, magic);
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(sizeof(uint) * (axis + 1)), sizes[axis]);
        }

        body.CopyTo(file.AsSpan(sizeof(uint) * (1 + sizes.Length)));
        return file;
    }

    /// <summary>Bytes that go through all values, so that every pixel says where it came from.</summary>
    public static byte[] Pixels(int length)
    {
        byte[] pixels = new byte[length];
        for (int index = 0; index < length; index++)
        {
            pixels[index] = (byte)(index * 37);
        }

        return pixels;
    }

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }
}

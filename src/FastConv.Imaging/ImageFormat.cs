namespace FastConv.Imaging;

/// <summary>Which decoder a file is for: its first bytes say so, whatever its name.</summary>
internal static class ImageFormat
{
    private const int Shown = 4;

    private static ReadOnlySpan<byte> JpegMark => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngMark => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, or damaged, or more pixels than allowed.</exception>
    public static PixelBuffer Decode(ReadOnlySpan<byte> bytes, string name, int wantedHeight, int wantedWidth, long maxPixels) => IsPng(bytes, name)
        ? PngDecoder.Decode(bytes, name, maxPixels)
        : JpegDecoder.Decode(bytes, name, wantedHeight, wantedWidth, maxPixels);

    /// <summary>The size that the header promises.</summary>
    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, or a damaged header.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> bytes, string name) =>
        IsPng(bytes, name) ? PngDecoder.ReadSize(bytes, name) : JpegDecoder.ReadSize(bytes, name);

    private static bool IsPng(ReadOnlySpan<byte> bytes, string name)
    {
        bool isPng = bytes.StartsWith(PngMark);
        return isPng || bytes.StartsWith(JpegMark)
            ? isPng
            : throw new InvalidDataException(
                $"{name}: expected a JPEG or PNG file, received one that begins with 0x{Convert.ToHexString(bytes[..Math.Min(Shown, bytes.Length)])}.");
    }
}

using FastConv.Data;
using FastConv.Tensors;

namespace FastConv.Imaging;

/// <summary>
/// Single JPEG and PNG files. What a file is, its first bytes say. Transparency is left out, as by Pillow's <c>convert("RGB")</c>, and a camera's note of how it was held (EXIF)
/// is not looked at.
/// </summary>
public static class ImageFile
{
    /// <summary>What a file may hold unless the caller says otherwise: 2^26 pixels, 200 MB of bytes.</summary>
    public const long DefaultMaxPixels = 1L << 26;

    /// <summary>The endings of names that <see cref="ImageFolderDataset"/> looks for, in any case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png"];

    /// <summary>Whether the name has one of the <see cref="Extensions"/>.</summary>
    public static bool HasImageExtension(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Decodes a file in its own size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">What holds more is refused before memory is taken for it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, damaged or cut, or more pixels than allowed.</exception>
    /// <exception cref="DllNotFoundException">The system has no library for the format; the message names the package.</exception>
    public static RgbImage Decode(string path, long maxPixels = DefaultMaxPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileBytes file = FileBytes.Read(path);
        return Decode(file.Span, path, maxPixels);
    }

    /// <summary>Decodes bytes in the image's own size.</summary>
    /// <param name="bytes">A whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="maxPixels">What holds more is refused before memory is taken for it.</param>
    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, damaged or cut, or more pixels than allowed.</exception>
    /// <exception cref="DllNotFoundException">The system has no library for the format; the message names the package.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, long maxPixels = DefaultMaxPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using PixelBuffer pixels = ImageFormat.Decode(bytes, name, wantedHeight: 0, wantedWidth: 0, maxPixels);
        return new RgbImage(pixels.Height, pixels.Width, pixels.Rgb.ToArray());
    }

    /// <summary>A file as a network takes it, with the bits that <see cref="ImageFolderDataset"/> gives for it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="height">The whole image is stretched to this height.</param>
    /// <param name="width">And this width.</param>
    /// <param name="channels">3: red, green, blue. 1: grey.</param>
    /// <param name="maxPixels">What holds more is refused before memory is taken for it.</param>
    /// <returns>[channels, height, width], values in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or channels other than 1 and 3.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, damaged or cut, or more pixels than allowed.</exception>
    /// <exception cref="DllNotFoundException">The system has no library for the format; the message names the package.</exception>
    public static Tensor ToTensor(string path, int height, int width, int channels = PixelBuffer.Channels, long maxPixels = DefaultMaxPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var shape = ImageSample.Create("ImageFile.ToTensor", channels, height, width);
        var result = new Tensor(channels, height, width);
        byte[] bytes = new byte[shape.Length];
        shape.Read(path, maxPixels, bytes);
        PixelBytes.ToUnitInterval(bytes, result.Span);
        return result;
    }
}

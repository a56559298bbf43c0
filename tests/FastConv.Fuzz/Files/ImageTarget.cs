using FastConv.Imaging;

namespace FastConv.Fuzz.Files;

/// <summary>Pictures, decoded whole. No more than 64 K pixels, so that the codecs' memory is bounded as well.</summary>
internal sealed class ImageTarget() : FileTarget("image", "IHDR", "IDAT", "PLTE", "tRNS", "IEND", "iCCP", "\u00ff", "JFIF", "Exif")
{
    private const long MostPixels = 1 << 16;

    public override IEnumerable<byte[]> Seeds(Random random) => ImageSeeds.All;

    protected override string Read(string path)
    {
        RgbImage image = ImageFile.Decode(path, MostPixels);
        return image.Width * (long)image.Height > MostPixels ? throw new FuzzFinding($"{image.Width} x {image.Height} pixels were decoded") : "decoded";
    }
}

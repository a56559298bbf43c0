namespace FastConv.Imaging;

/// <summary>A few bytes of a file may promise gigabytes of pixels: what is more than the limit is refused before memory is taken.</summary>
internal static class PixelLimit
{
    public static void Require(string name, int width, int height, long maxPixels)
    {
        if ((long)width * height > maxPixels)
        {
            throw new InvalidDataException($"{name}: expected at most {maxPixels} pixels, received {width} x {height}.");
        }
    }
}

using System.Text;

namespace FastConv.Imaging;

/// <summary>PNG to RGB by libpng: all colour types and depths; transparency is left out.</summary>
internal static unsafe class PngDecoder
{
    /// <summary>The size of the picture, from its header.</summary>
    /// <exception cref="InvalidDataException">No PNG header.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> bytes, string name)
    {
        CodecLibrary.Png.Require();
        fixed (byte* start = bytes)
        {
            var image = new PngImage { Version = PngNative.Version };
            Begin(&image, start, bytes.Length, name);
            PngNative.Free(&image);
            return ((int)image.Width, (int)image.Height);
        }
    }

    /// <summary>Decodes the picture.</summary>
    /// <exception cref="InvalidDataException">Damaged or cut, or more pixels than allowed.</exception>
    public static PixelBuffer Decode(ReadOnlySpan<byte> bytes, string name, long maxPixels)
    {
        CodecLibrary.Png.Require();
        PixelBuffer? pixels = null;
        fixed (byte* start = bytes)
        {
            var image = new PngImage { Version = PngNative.Version };
            Begin(&image, start, bytes.Length, name);
            try
            {
                PixelLimit.Require(name, (int)image.Width, (int)image.Height, maxPixels);
                pixels = new PixelBuffer(name, (int)image.Height, (int)image.Width, bytesPerPixel: 4);
                image.Format = PngNative.FormatRgba;
                image.Flags |= PngNative.Flag16BitSrgb;
                pixels.Decoded.Span.Clear();
                fixed (byte* target = pixels.Decoded.Span)
                {
                    if (PngNative.FinishRead(&image, background: null, target, rowStride: 0, colormap: null) == 0)
                    {
                        throw new InvalidDataException($"{name}: expected an intact PNG file, received one with: {Text(image)}.");
                    }
                }

                pixels.DropFourthChannel();
                return pixels;
            }
            catch
            {
                pixels?.Dispose();
                throw;
            }
            finally
            {
                PngNative.Free(&image);
            }
        }
    }

    private static void Begin(PngImage* image, byte* bytes, int length, string name)
    {
        if (PngNative.BeginRead(image, bytes, (nuint)length) == 0)
        {
            throw new InvalidDataException($"{name}: expected a PNG header, received one with: {Text(*image)}.");
        }
    }

    private static string Text(in PngImage image)
    {
        ReadOnlySpan<byte> message = image.Message;
        int end = message.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? message : message[..end]);
    }
}

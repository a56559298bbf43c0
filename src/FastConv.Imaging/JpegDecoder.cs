using System.Runtime.InteropServices;

namespace FastConv.Imaging;

/// <summary>JPEG to RGB by TurboJPEG: baseline and progressive, grey, YCbCr and print colours.</summary>
internal static unsafe class JpegDecoder
{
    // A warning and then an error have the code of a warning, so the message decides: it is the last. With these the picture is whole; others come with pictures that are
    // cut, or filled with grey from some place on.
    private static readonly string[] HarmlessWarnings = ["extraneous bytes before marker", "Unknown Adobe color transform code"];

    /// <summary>The size of the whole picture, from its header.</summary>
    /// <exception cref="InvalidDataException">No JPEG header.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> bytes, string name)
    {
        CodecLibrary.TurboJpeg.Require();
        nint handle = Open(name);
        try
        {
            fixed (byte* start = bytes)
            {
                (int width, int height, _) = ReadHeader(handle, start, bytes.Length, name);
                return (width, height);
            }
        }
        finally
        {
            _ = TurboJpegNative.Destroy(handle);
        }
    }

    /// <summary>
    /// Decodes in the smallest size that the format can be decoded in directly (eighths of its own) and that is at least the wanted one; in its own where that is
    /// smaller, or where 0 is wanted.
    /// </summary>
    /// <exception cref="InvalidDataException">Damaged or cut, or more pixels than allowed.</exception>
    public static PixelBuffer Decode(ReadOnlySpan<byte> bytes, string name, int wantedHeight, int wantedWidth, long maxPixels)
    {
        CodecLibrary.TurboJpeg.Require();
        nint handle = Open(name);
        try
        {
            fixed (byte* start = bytes)
            {
                (int width, int height, int colorSpace) = ReadHeader(handle, start, bytes.Length, name);
                PixelLimit.Require(name, width, height, maxPixels);
                TurboJpegScale scale = ChooseScale(width, height, wantedWidth, wantedHeight);
                return Decode(handle, start, bytes.Length, name, width, height, scale, colorSpace);
            }
        }
        finally
        {
            _ = TurboJpegNative.Destroy(handle);
        }
    }

    private static PixelBuffer Decode(
        nint handle, byte* bytes, int length, string name, int fullWidth, int fullHeight, TurboJpegScale scale, int colorSpace)
    {
        int width = scale.RoundUp(fullWidth);
        int height = scale.RoundUp(fullHeight);
        bool isPrint = colorSpace is TurboJpegNative.SpaceCmyk or TurboJpegNative.SpaceYcck;
        int bytesPerPixel = isPrint ? 4 : PixelBuffer.Channels;
        var pixels = new PixelBuffer(name, height, width, bytesPerPixel) { Bottom = scale.Exact(fullHeight), Right = scale.Exact(fullWidth) };
        try
        {
            int format = isPrint ? TurboJpegNative.PixelsCmyk : TurboJpegNative.PixelsRgb;
            int status;
            fixed (byte* target = pixels.Decoded.Span)
            {
                status = TurboJpegNative.Decompress(
                    handle, bytes, new CULong((nuint)length), target, width, width * bytesPerPixel, height, format, TurboJpegNative.LimitScans);
            }

            if (status != 0 && !IsHarmless(handle))
            {
                throw new InvalidDataException($"{name}: expected an intact JPEG file, received one with: {ErrorText(handle)}.");
            }

            if (isPrint)
            {
                pixels.PrintToLight();
            }

            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static (int Width, int Height, int ColorSpace) ReadHeader(nint handle, byte* bytes, int length, string name)
    {
        int status = TurboJpegNative.DecompressHeader(handle, bytes, new CULong((nuint)length), out int width, out int height, out _, out int colorSpace);
        return (status == 0 || IsHarmless(handle)) && width >= 1 && height >= 1
            ? (width, height, colorSpace)
            : throw new InvalidDataException($"{name}: expected a JPEG header, received one with: {ErrorText(handle)}.");
    }

    private static TurboJpegScale ChooseScale(int width, int height, int wantedWidth, int wantedHeight)
    {
        var best = new TurboJpegScale(1, 1);
        if (wantedWidth == 0 || wantedHeight == 0)
        {
            return best;
        }

        TurboJpegScale* factors = TurboJpegNative.ScalingFactors(out int count);
        for (int index = 0; factors is not null && index < count; index++)
        {
            TurboJpegScale factor = factors[index];
            bool isLargeEnough = factor.RoundUp(width) >= wantedWidth && factor.RoundUp(height) >= wantedHeight;
            if (isLargeEnough && factor.Numerator * best.Denominator < best.Numerator * factor.Denominator)
            {
                best = factor;
            }
        }

        return best;
    }

    private static nint Open(string name)
    {
        nint handle = TurboJpegNative.InitDecompress();
        return handle != 0 ? handle : throw new InvalidDataException($"{name}: the JPEG decoder cannot be started: {ErrorText(0)}.");
    }

    private static bool IsHarmless(nint handle) => Array.Exists(HarmlessWarnings, warning => ErrorText(handle).Contains(warning, StringComparison.Ordinal));

    private static string ErrorText(nint handle) => Marshal.PtrToStringUTF8(TurboJpegNative.ErrorText(handle)) ?? "";
}

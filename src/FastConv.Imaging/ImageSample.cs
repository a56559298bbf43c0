using System.Buffers;
using System.Numerics.Tensors;
using FastConv.Data;
using FastConv.Tensors;

namespace FastConv.Imaging;

/// <summary>
/// What a network sees of an image file: [channels, height, width] bytes, the whole image stretched to this size by <see cref="BilinearResize"/>. Three channels are
/// red, green and blue; one is their luma by ITU-R BT.601.
/// </summary>
internal readonly record struct ImageSample(int Channels, int Height, int Width)
{
    public int Length => Channels * Height * Width;

    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or channels other than 1 and 3.</exception>
    public static ImageSample Create(string operation, int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return channels is 1 or PixelBuffer.Channels
            ? new ImageSample(channels, height, width)
            : throw new ArgumentOutOfRangeException(nameof(channels), $"{operation}: expected 1 or 3 channels, received {channels}.");
    }

    /// <summary>Reads, decodes and resizes one file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no whole JPEG or PNG file, or has more pixels than allowed.</exception>
    public void Read(string path, long maxPixels, Span<byte> sample)
    {
        using FileBytes file = FileBytes.Read(path);
        using PixelBuffer pixels = ImageFormat.Decode(file.Span, path, Height, Width, maxPixels);
        int plane = pixels.Height * pixels.Width;
        float[] values = ArrayPool<float>.Shared.Rent(Channels * plane);
        float[] resized = ArrayPool<float>.Shared.Rent(Length);
        try
        {
            Separate(pixels, values.AsSpan(0, Channels * plane));
            BilinearResize.Apply(
                Channels, pixels.Height, pixels.Width, values.AsSpan(0, Channels * plane), Height, Width, resized.AsSpan(0, Length), pixels.Bottom, pixels.Right);

            // Weights are at least 0 and their sum is 1 but for rounding, so that no value leaves the bytes by as much as a half.
            TensorPrimitives.Add(resized.AsSpan(0, Length), 0.5f, resized);
            TensorPrimitives.ConvertSaturating<float, byte>(resized.AsSpan(0, Length), sample);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
            ArrayPool<float>.Shared.Return(resized);
        }
    }

    // [height, width, 3] bytes to [channels, height, width] floats.
    private void Separate(PixelBuffer pixels, Span<float> values)
    {
        ReadOnlySpan<byte> rgb = pixels.Rgb;
        if (Channels == 1)
        {
            for (int pixel = 0; pixel < values.Length; pixel++)
            {
                ReadOnlySpan<byte> color = rgb.Slice(pixel * PixelBuffer.Channels, PixelBuffer.Channels);
                values[pixel] = MathF.Round(0.299f * color[0] + 0.587f * color[1] + 0.114f * color[2]);
            }

            return;
        }

        byte[] planes = ArrayPool<byte>.Shared.Rent(values.Length);
        Layouts.NhwcToNchw(1, pixels.Height, pixels.Width, PixelBuffer.Channels, rgb, planes.AsSpan(0, values.Length));
        TensorPrimitives.ConvertTruncating<byte, float>(planes.AsSpan(0, values.Length), values);
        ArrayPool<byte>.Shared.Return(planes);
    }
}

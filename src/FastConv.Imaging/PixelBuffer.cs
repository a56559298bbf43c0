using System.Buffers;

namespace FastConv.Imaging;

/// <summary>A decoded image: [height, width, 3] bytes of red, green and blue, in rented memory.</summary>
internal sealed class PixelBuffer : IDisposable
{
    public const int Channels = 3;

    private readonly byte[] _bytes;

    /// <param name="name">What the refusal names.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="bytesPerPixel">While decoding, 3 or 4: see <see cref="DropFourthChannel"/>.</param>
    /// <exception cref="InvalidDataException">More bytes than one array can hold.</exception>
    public PixelBuffer(string name, int height, int width, int bytesPerPixel)
    {
        long length = (long)height * width * bytesPerPixel;
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{name}: expected an image of at most {Array.MaxLength} bytes, received {width} x {height} pixels.");
        }

        Height = height;
        Width = width;
        Bottom = height;
        Right = width;
        _bytes = ArrayPool<byte>.Shared.Rent((int)length);
        Decoded = _bytes.AsMemory(0, (int)length);
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Where the picture ends in the last row: less than the height where it was decoded in a smaller size, which is rounded up.</summary>
    public double Bottom { get; init; }

    /// <summary>Where it ends in the last column.</summary>
    public double Right { get; init; }

    /// <summary>Where the codec writes.</summary>
    public Memory<byte> Decoded { get; }

    /// <summary>[Height, Width, 3].</summary>
    public ReadOnlySpan<byte> Rgb => _bytes.AsSpan(0, Height * Width * Channels);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    /// <summary>Moves the first three of every four bytes together: transparency is left out, and the colour below it shows.</summary>
    public void DropFourthChannel()
    {
        for (int pixel = 0; pixel < Height * Width; pixel++)
        {
            _bytes.AsSpan(4 * pixel, Channels).CopyTo(_bytes.AsSpan(Channels * pixel));
        }
    }

    /// <summary>Inks to light. Files keep inks inverted, as Adobe's programs do: 255 is no ink, so red is cyan times black.</summary>
    public void PrintToLight()
    {
        for (int pixel = 0; pixel < Height * Width; pixel++)
        {
            int black = _bytes[4 * pixel + 3];
            for (int channel = 0; channel < Channels; channel++)
            {
                _bytes[Channels * pixel + channel] = (byte)((_bytes[4 * pixel + channel] * black + 127) / 255);
            }
        }
    }
}

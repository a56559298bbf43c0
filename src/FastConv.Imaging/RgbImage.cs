namespace FastConv.Imaging;

/// <summary>A decoded image.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Pixels">[Height, Width, 3]: red, green and blue of every pixel, from the upper left corner.</param>
public sealed record RgbImage(int Height, int Width, ReadOnlyMemory<byte> Pixels);

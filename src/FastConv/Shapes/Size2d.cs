namespace FastConv.Shapes;

/// <summary>A height and a width, in pixels or in taps. Converts from one number (square) and from a pair.</summary>
/// <param name="Height">Along the rows of an image.</param>
/// <param name="Width">Along the columns of an image.</param>
public readonly record struct Size2d(int Height, int Width)
{
    /// <summary>The square size.</summary>
    public static implicit operator Size2d(int side) => new(side, side);

    /// <summary>The oblong size, height first.</summary>
    public static implicit operator Size2d((int Height, int Width) pair) => new(pair.Height, pair.Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";
}

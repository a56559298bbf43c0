namespace FastConv.Shapes;

/// <summary>
/// Zeros (for max pooling: nothing) around an image, given as numbers or as a rule. Converts from one number (all four
/// sides) and from a pair (both vertical sides, both horizontal sides), as in PyTorch.
/// </summary>
public readonly record struct Padding
{
    private Padding(int top, int bottom, int left, int right, bool isSame)
    {
        Top = top;
        Bottom = bottom;
        Left = left;
        Right = right;
        IsSame = isSame;
    }

    /// <summary>Rows added above.</summary>
    public int Top { get; }

    /// <summary>Rows added below.</summary>
    public int Bottom { get; }

    /// <summary>Columns added before.</summary>
    public int Left { get; }

    /// <summary>Columns added after.</summary>
    public int Right { get; }

    /// <summary>Whether this is the rule <see cref="Same"/>, whose numbers follow from the image.</summary>
    public bool IsSame { get; }

    /// <summary>
    /// As much as makes the output ceil(input / stride); where that is odd, the extra pixel goes after (TensorFlow's SAME).
    /// </summary>
    public static Padding Same { get; } = new(0, 0, 0, 0, isSame: true);

    /// <summary>None: only windows that lie inside the image.</summary>
    public static Padding Valid => default;

    /// <summary>A different amount on every side.</summary>
    public static Padding Sides(int top, int bottom, int left, int right) => new(top, bottom, left, right, isSame: false);

    /// <summary>The same amount on every side.</summary>
    public static implicit operator Padding(int all) => Sides(all, all, all, all);

    /// <summary>An amount above and below, and an amount before and after.</summary>
    public static implicit operator Padding((int Height, int Width) pair) => Sides(pair.Height, pair.Height, pair.Width, pair.Width);

    /// <inheritdoc/>
    public override string ToString() =>
        IsSame ? "same" : Top == Bottom && Left == Right ? $"{Top}x{Left}" : $"[{Top}, {Bottom}, {Left}, {Right}]";

    internal WindowAxis VerticalAxis(int input, int window, int stride, int dilation) => IsSame
        ? WindowAxis.Same(input, window, stride, dilation)
        : new WindowAxis(input, window, stride, Top, Bottom, dilation);

    internal WindowAxis HorizontalAxis(int input, int window, int stride, int dilation) => IsSame
        ? WindowAxis.Same(input, window, stride, dilation)
        : new WindowAxis(input, window, stride, Left, Right, dilation);
}

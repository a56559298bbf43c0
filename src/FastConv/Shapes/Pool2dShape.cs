namespace FastConv.Shapes;

/// <summary>
/// All sizes of one 2-D pooling, validated when built. Source: https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
/// </summary>
public sealed record Pool2dShape
{
    /// <summary>Windows with more taps than this are refused: their numbers and counts are exact in a float, and scratch memory stays small beside the image.</summary>
    public const int MaxWindowLength = 1 << 24;

    private Pool2dShape(int batch, int channels, WindowAxis vertical, WindowAxis horizontal)
    {
        Batch = batch;
        Channels = channels;
        Vertical = vertical;
        Horizontal = horizontal;
        InputShape = [batch, channels, vertical.Input, horizontal.Input];
        OutputShape = [batch, channels, vertical.Output, horizontal.Output];
    }

    /// <summary>Images.</summary>
    public int Batch { get; }

    /// <summary>Channels, each pooled by itself.</summary>
    public int Channels { get; }

    /// <summary>The window along the height.</summary>
    public WindowAxis Vertical { get; }

    /// <summary>The window along the width.</summary>
    public WindowAxis Horizontal { get; }

    /// <summary>[batch, channels, height, width].</summary>
    public TensorShape InputShape { get; }

    /// <summary>[batch, channels, output height, output width].</summary>
    public TensorShape OutputShape { get; }

    /// <summary>Planes over batch and channels: the independent units of work.</summary>
    public int Planes => Batch * Channels;

    /// <summary>Pixels of one input plane.</summary>
    public int InputPlane => Vertical.Input * Horizontal.Input;

    /// <summary>Pixels of one output plane.</summary>
    public int OutputPlane => Vertical.Output * Horizontal.Output;

    /// <summary>Taps of one window.</summary>
    public int WindowLength => Vertical.Window * Horizontal.Window;

    /// <summary>
    /// Bytes of an argmax entry: the tap (kh * window width + kw) that was the largest, in one byte while windows have at most
    /// 256 taps, else in four, as an int of the machine.
    /// </summary>
    public int ArgmaxSize => WindowLength <= 256 ? 1 : sizeof(int);

    /// <summary>Bytes that forward must be given to remember every output's largest tap.</summary>
    /// <exception cref="ArgumentException">They are more than one array can hold.</exception>
    public int ArgmaxLength => OutputShape.Length <= Array.MaxLength / ArgmaxSize
        ? OutputShape.Length * ArgmaxSize
        : throw new ArgumentException($"the argmax of {this} is more than one array can hold ({Array.MaxLength} bytes).");

    /// <summary>Checks the sizes and computes the rest. The stride is the window unless given, as in PyTorch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride or dilation below 1, or a negative padding.</exception>
    /// <exception cref="ArgumentException">
    /// The window is larger than the padded image or than <see cref="MaxWindowLength"/>, some window would see nothing but padding, or a tensor would be
    /// larger than an array can be.
    /// </exception>
    public static Pool2dShape Create(
        int batch,
        int channels,
        int height,
        int width,
        Size2d window,
        Size2d? stride = null,
        Padding padding = default,
        Size2d? dilation = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Size2d steps = stride ?? window;
        Size2d spread = dilation ?? 1;
        WindowAxis vertical = padding.VerticalAxis(height, window.Height, steps.Height, spread.Height);
        WindowAxis horizontal = padding.HorizontalAxis(width, window.Width, steps.Width, spread.Width);
        if ((long)window.Height * window.Width > MaxWindowLength)
        {
            throw new ArgumentException($"a window of {window} has more than {MaxWindowLength} taps.", nameof(window));
        }

        var shape = new Pool2dShape(batch, channels, vertical, horizontal);
        ThrowIfWindowIsAllPadding(vertical, nameof(padding));
        ThrowIfWindowIsAllPadding(horizontal, nameof(padding));
        return shape;
    }

    /// <summary>The same pooling over another number of images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 1.</exception>
    public Pool2dShape WithBatch(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return new Pool2dShape(batch, Channels, Vertical, Horizontal);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{InputShape} -> {OutputShape}, window {Vertical.Window}x{Horizontal.Window}, stride {Vertical.Stride}x{Horizontal.Stride}";

    private static void ThrowIfWindowIsAllPadding(WindowAxis axis, string parameter)
    {
        int output = axis.FindOutside();
        if (output >= 0)
        {
            throw new ArgumentException(
                $"window {output} of {axis.Output} would see nothing but padding (input {axis.Input}, window {axis.Window}, dilation {axis.Dilation}, padding {axis.PaddingBefore} + {axis.PaddingAfter}).",
                parameter);
        }
    }
}

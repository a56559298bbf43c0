namespace FastConv.Shapes;

/// <summary>
/// All sizes of one 2-D convolution (cross-correlation, as every framework means it), validated when built. Images are
/// [batch, channels, height, width], weights [out channels, in channels / groups, kernel height, kernel width].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
/// </summary>
public sealed record Conv2dShape
{
    private Conv2dShape(int batch, int inChannels, int outChannels, int groups, WindowAxis vertical, WindowAxis horizontal)
    {
        Batch = batch;
        InChannels = inChannels;
        OutChannels = outChannels;
        Groups = groups;
        Vertical = vertical;
        Horizontal = horizontal;
        InputShape = [batch, inChannels, vertical.Input, horizontal.Input];
        WeightShape = [outChannels, inChannels / groups, vertical.Window, horizontal.Window];
        OutputShape = [batch, outChannels, vertical.Output, horizontal.Output];
    }

    /// <summary>Images.</summary>
    public int Batch { get; }

    /// <summary>Channels of the input, over all groups.</summary>
    public int InChannels { get; }

    /// <summary>Channels of the output, over all groups.</summary>
    public int OutChannels { get; }

    /// <summary>Independent convolutions side by side, each over its own slice of both channel axes.</summary>
    public int Groups { get; }

    /// <summary>The window along the height.</summary>
    public WindowAxis Vertical { get; }

    /// <summary>The window along the width.</summary>
    public WindowAxis Horizontal { get; }

    /// <summary>[batch, in channels, height, width].</summary>
    public TensorShape InputShape { get; }

    /// <summary>[out channels, in channels / groups, kernel height, kernel width].</summary>
    public TensorShape WeightShape { get; }

    /// <summary>[batch, out channels, output height, output width].</summary>
    public TensorShape OutputShape { get; }

    /// <summary>Input channels that one group sees.</summary>
    public int GroupInChannels => InChannels / Groups;

    /// <summary>Output channels that one group makes.</summary>
    public int GroupOutChannels => OutChannels / Groups;

    /// <summary>Products that are summed into one output: the K of the equivalent matrix product.</summary>
    public int PatchLength => GroupInChannels * Vertical.Window * Horizontal.Window;

    /// <summary>Pixels of one input channel.</summary>
    public int InputPlane => Vertical.Input * Horizontal.Input;

    /// <summary>Pixels of one output channel.</summary>
    public int OutputPlane => Vertical.Output * Horizontal.Output;

    /// <summary>Multiplications, each with its addition, of one forward pass over the batch, padding counted.</summary>
    public long MultiplyAdds => (long)OutputShape.Length * PatchLength;

    /// <summary>Whether output pixel and input pixel are the same pixel: one tap, no stride, no padding.</summary>
    public bool IsPointwise => IsIdentity(Vertical) && IsIdentity(Horizontal);

    /// <summary>Checks the sizes and computes the rest. Kernel, stride and dilation are one number or a (height, width) pair.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride, dilation or group count below 1, or a negative padding.</exception>
    /// <exception cref="ArgumentException">
    /// Groups do not divide both channel counts, the kernel is larger than the padded image, or a tensor would be larger than an array can be.
    /// </exception>
    public static Conv2dShape Create(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        Size2d kernel,
        Size2d? stride = null,
        Padding padding = default,
        Size2d? dilation = null,
        int groups = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{groups} groups do not divide {inChannels} input channels and {outChannels} output channels.", nameof(groups));
        }

        Size2d steps = stride ?? 1;
        Size2d spread = dilation ?? 1;
        return new Conv2dShape(
            batch,
            inChannels,
            outChannels,
            groups,
            padding.VerticalAxis(height, kernel.Height, steps.Height, spread.Height),
            padding.HorizontalAxis(width, kernel.Width, steps.Width, spread.Width));
    }

    /// <summary>The same convolution over another number of images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 1.</exception>
    public Conv2dShape WithBatch(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return new Conv2dShape(batch, InChannels, OutChannels, Groups, Vertical, Horizontal);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{InputShape} * {WeightShape} -> {OutputShape}, stride {Vertical.Stride}x{Horizontal.Stride}, dilation {Vertical.Dilation}x{Horizontal.Dilation}, groups {Groups}";

    private static bool IsIdentity(WindowAxis axis) =>
        axis is { Window: 1, Stride: 1, PaddingBefore: 0, PaddingAfter: 0 };
}

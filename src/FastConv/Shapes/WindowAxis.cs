namespace FastConv.Shapes;

/// <summary>
/// One axis of a sliding window, and the only place that knows its arithmetic:
/// output = floor((input + paddingBefore + paddingAfter - dilation * (window - 1) - 1) / stride) + 1
/// (https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html).
/// </summary>
public readonly record struct WindowAxis
{
    /// <summary>Checks the numbers and computes <see cref="Output"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride or dilation below 1, or a padding below 0.</exception>
    /// <exception cref="ArgumentException">The dilated window is larger than the padded input.</exception>
    public WindowAxis(int input, int window, int stride = 1, int paddingBefore = 0, int paddingAfter = 0, int dilation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddingBefore, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddingAfter, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        long extent = ExtentOf(window, dilation);
        long padded = (long)input + paddingBefore + paddingAfter;
        if (padded > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(paddingBefore), $"the padded input of {padded} is beyond the largest size of {int.MaxValue}.");
        }

        if (extent > padded)
        {
            throw new ArgumentException(
                $"a window of {window} with dilation {dilation} spans {extent}, the padded input only {padded} (input {input}, padding {paddingBefore} + {paddingAfter}).",
                nameof(window));
        }

        Input = input;
        Window = window;
        Output = (int)((padded - extent) / stride) + 1;
        Stride = Output == 1 ? (int)Math.Min(stride, padded) : stride;
        PaddingBefore = paddingBefore;
        PaddingAfter = paddingAfter;
        Dilation = dilation;
    }

    /// <summary>Pixels of the image along this axis, without padding.</summary>
    public int Input { get; }

    /// <summary>Taps of the window.</summary>
    public int Window { get; }

    /// <summary>Pixels between two neighbouring windows; of a single one no more than the padded input has, so that nobody makes room for absurd strides.</summary>
    public int Stride { get; }

    /// <summary>Pixels of padding before the image.</summary>
    public int PaddingBefore { get; }

    /// <summary>Pixels of padding after the image.</summary>
    public int PaddingAfter { get; }

    /// <summary>Pixels between two neighbouring taps.</summary>
    public int Dilation { get; }

    /// <summary>How many windows fit.</summary>
    public int Output { get; }

    /// <summary>Pixels from the first to the last tap of one window.</summary>
    public int Extent => (int)ExtentOf(Window, Dilation);

    /// <summary>Whether the last window ends exactly where the padded input ends, so that no pixel is left over.</summary>
    public bool FitsExactly => (Output - 1) * (long)Stride + Extent == (long)Input + PaddingBefore + PaddingAfter;

    /// <summary>The axis whose output is ceil(input / stride), the odd pixel of padding going after (TensorFlow's SAME).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1.</exception>
    public static WindowAxis Same(int input, int window, int stride = 1, int dilation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        long output = ((long)input + stride - 1) / stride;
        long padding = Math.Max(0, (output - 1) * stride + ExtentOf(window, dilation) - input);
        if (padding > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(window), $"the padding of {padding} that 'same' asks for is beyond the largest size of {int.MaxValue}.");
        }

        return new WindowAxis(input, window, stride, (int)(padding / 2), (int)(padding - padding / 2), dilation);
    }

    /// <summary>The pixel under <paramref name="tap"/> of window <paramref name="output"/>; outside [0, Input) it is padding.</summary>
    public int InputOf(int output, int tap) => output * Stride - PaddingBefore + tap * Dilation;

    /// <summary>The windows [First, End) whose <paramref name="tap"/> lies on the image and not on padding; First = End where none does.</summary>
    public (int First, int End) OutputsInside(int tap)
    {
        long offset = (long)tap * Dilation - PaddingBefore;
        long first = offset >= 0 ? 0 : (-offset + Stride - 1) / Stride;
        long end = offset >= Input ? 0 : (Input - 1 - offset) / Stride + 1;
        end = Math.Min(end, Output);
        return first < end ? ((int)first, (int)end) : (0, 0);
    }

    /// <summary>The taps [First, End) of window <paramref name="output"/> that lie on the image; First = End where none does.</summary>
    public (int First, int End) TapsInside(int output)
    {
        long start = (long)output * Stride - PaddingBefore;
        long first = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        long end = start >= Input ? 0 : (Input - 1 - start) / Dilation + 1;
        end = Math.Min(end, Window);
        return first < end ? ((int)first, (int)end) : (0, 0);
    }

    /// <summary>
    /// The first output all of whose taps lie on padding, -1 where there is none. A window that begins on the image sees a pixel, one that begins behind it none.
    /// Of those that begin before it the first reaches least, unless the dilation is wider than the image: then each may step over it.
    /// </summary>
    internal int FindOutside()
    {
        long before = Math.Min(Output, ((long)PaddingBefore + Stride - 1) / Stride);
        long candidates = Dilation <= Input ? Math.Min(before, 1) : before;
        for (int output = 0; output < candidates; output++)
        {
            if (TapsInside(output) is (0, 0))
            {
                return output;
            }
        }

        long behind = ((long)PaddingBefore + Input + Stride - 1) / Stride;
        return behind < Output ? (int)behind : -1;
    }

    private static long ExtentOf(int window, int dilation) => (window - 1L) * dilation + 1;
}

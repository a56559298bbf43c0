namespace FastConv.Shapes;

/// <summary>
/// One axis of a product over windows: result <c>o</c> and tap <c>t</c> meet at pixel <c>o * Stride + First + t * Spacing</c> of the source,
/// which is zero outside [0, Source). A forward pass is one such axis; backward to the input is one for each residue of the input's pixels modulo
/// the stride, over the output's gradient, with the taps that can reach such a pixel.
/// </summary>
internal readonly record struct TapAxis
{
    private readonly int _firstTap;
    private readonly int _tapStep;

    private TapAxis(int source, int output, int stride, int taps, int first, int spacing, int firstTap, int tapStep)
    {
        Source = source;
        Output = output;
        Stride = stride;
        Taps = taps;
        First = first;
        Spacing = spacing;
        _firstTap = firstTap;
        _tapStep = tapStep;
    }

    /// <summary>Pixels of the source.</summary>
    public int Source { get; }

    /// <summary>Pixels of the result.</summary>
    public int Output { get; }

    /// <summary>Pixels of the source between two neighbouring results.</summary>
    public int Stride { get; }

    /// <summary>Taps; 0 where none reaches these results.</summary>
    public int Taps { get; }

    /// <summary>The pixel under the first tap of result 0.</summary>
    public int First { get; }

    /// <summary>Pixels from tap to tap, negative where the kernel is turned.</summary>
    public int Spacing { get; }

    /// <summary>The lowest pixel, relative to the result's, that a tap lies on.</summary>
    public int Lowest => Math.Min(First, First + (Taps - 1) * Spacing);

    /// <summary>Pixels from the lowest to the highest tap, less one.</summary>
    public int Reach => Math.Abs((Taps - 1) * Spacing);

    /// <summary>Whether result and source are the same pixels.</summary>
    public bool IsIdentity => Taps == 1 && Stride == 1 && First == 0 && Source == Output;

    /// <summary>Whether no result sees padding.</summary>
    public bool IsInside => Lowest >= 0 && (long)(Output - 1) * Stride + Lowest + Reach < Source;

    /// <summary>The outputs of a window and all its taps.</summary>
    public static TapAxis Forward(WindowAxis axis) =>
        new(axis.Input, axis.Output, axis.Stride, axis.Window, axis.InputOf(0, 0), axis.Dilation, 0, 1);

    /// <summary>The input's pixels <c>o * stride + phase</c>, and the taps k with <c>oh = o + (phase + padding - k * dilation) / stride</c> whole.</summary>
    public static TapAxis Gradient(WindowAxis axis, int phase)
    {
        int stride = axis.Stride;
        int output = (int)Math.Max(0, ((long)axis.Input - phase + stride - 1) / stride);
        int firstTap = 0;
        while (firstTap < Math.Min(stride, axis.Window) && OffsetOf(firstTap) % stride != 0)
        {
            firstTap++;
        }

        // Taps that reach a residue are as far apart as the dilation needs to come back to it.
        int tapStep = stride / GreatestCommonDivisor(stride, axis.Dilation);
        bool hasTap = firstTap < axis.Window && OffsetOf(firstTap) % stride == 0;
        int taps = hasTap ? (axis.Window - 1 - firstTap) / tapStep + 1 : 0;
        int first = hasTap ? (int)(OffsetOf(firstTap) / stride) : 0;
        return new TapAxis(axis.Output, output, 1, taps, first, (int)(-(long)tapStep * axis.Dilation / stride), firstTap, tapStep);

        long OffsetOf(int tap) => (long)phase + axis.PaddingBefore - (long)tap * axis.Dilation;
    }

    /// <summary>Which tap of the window number <paramref name="t"/> of this axis is.</summary>
    public int WindowTap(int t) => _firstTap + t * _tapStep;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}

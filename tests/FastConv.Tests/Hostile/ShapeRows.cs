using FastConv.Shapes;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Sizes that are zero, negative, huge, or whose products are.</summary>
internal static class ShapeRows
{
    public const string ConvolutionDivisors = $"{ZeroDivisor}: TensorFlow Conv2D, Conv2DBackprop* (CVE-2021-29524, -29525, -29526, -29538), convolution cost (CVE-2022-21725)";
    public const string EmptyFilters = $"{ZeroDivisor}: TensorFlow convolutions with empty filters (CVE-2021-41209)";
    public const string PoolDivisors = $"{ZeroDivisor}: TensorFlow MaxPoolGradWithArgmax (CVE-2021-29573), AvgPoolGrad (CVE-2023-25669)";
    public const string NegativeWindows = $"{Negative}: TensorFlow AvgPool with a negative window (CVE-2022-35941)";

    private const string Convolution = "Conv2dShape.Create";
    private const string Pool = "Pool2dShape.Create";

    private static readonly Conv2dShape One = Conv2dShape.Create(1, 1, 3, 3, 1, 3);

    public static HostileRow[] All =>
    [
        Range(Convolution, "batch 0", "batch", _ => Conv2dShape.Create(0, 3, 8, 8, 4, 3), EmptyFilters),
        Range(Convolution, "negative batch", "batch", _ => Conv2dShape.Create(-2, 3, 8, 8, 4, 3), Negative),
        Range(Convolution, "no input channels", "inChannels", _ => Conv2dShape.Create(1, 0, 8, 8, 4, 3), EmptyFilters),
        Range(Convolution, "no output channels", "outChannels", _ => Conv2dShape.Create(1, 3, 8, 8, 0, 3), EmptyFilters),
        Range(Convolution, "height 0", "input", _ => Conv2dShape.Create(1, 3, 0, 8, 4, 3), EmptyFilters),
        Range(Convolution, "width int.MinValue", "input", _ => Conv2dShape.Create(1, 3, 8, int.MinValue, 4, 3), Negative),
        Range(Convolution, "kernel 0", "window", _ => Conv2dShape.Create(1, 3, 8, 8, 4, 0), EmptyFilters),
        Range(Convolution, "stride 0", "stride", _ => Conv2dShape.Create(1, 3, 8, 8, 4, 3, stride: 0), ConvolutionDivisors),
        Range(Convolution, "negative stride", "stride", _ => Conv2dShape.Create(1, 3, 8, 8, 4, 3, stride: (1, -1)), Negative),
        Range(Convolution, "dilation 0", "dilation", _ => Conv2dShape.Create(1, 3, 8, 8, 4, 3, dilation: 0), ConvolutionDivisors),
        Range(Convolution, "negative padding", "paddingBefore", _ => Conv2dShape.Create(1, 3, 8, 8, 4, 3, padding: -1), Negative),
        Range(Convolution, "groups 0", "groups", _ => Conv2dShape.Create(1, 4, 8, 8, 4, 3, groups: 0), ConvolutionDivisors),
        Argument(Convolution, "groups that divide no channels", "3 groups do not divide 4 input channels", _ => Conv2dShape.Create(1, 4, 8, 8, 4, 3, groups: 3), "CWE-369: TensorFlow filters with less than one input channel (CVE-2023-27579)"),
        Argument(Convolution, "kernel larger than the padded image", "a window of 9 with dilation 1 spans 9", _ => Conv2dShape.Create(1, 1, 6, 6, 1, 9, padding: 1), ShortBuffer),
        Argument(Convolution, "dilation that makes the window larger than any size", "spans 4294967295", _ => Conv2dShape.Create(1, 1, 6, 6, 1, 3, dilation: int.MaxValue), Overflow),
        Range(Convolution, "padding that makes the image larger than any size", "beyond the largest size", _ => Conv2dShape.Create(1, 1, 6, 6, 1, 3, padding: int.MaxValue), Overflow),
        Argument(Convolution, "an input of 2^62 elements", "more elements than one array can hold", _ => Conv2dShape.Create(1 << 16, 1 << 15, 1 << 16, 1 << 15, 1, 3), Overflow),
        Argument(Convolution, "a weight of 2^40 elements", "more elements than one array can hold", _ => Conv2dShape.Create(1, 1 << 20, 1, 1, 1 << 20, 1), Overflow),
        Argument(Convolution, "an output of 2^31 elements", "more elements than one array can hold", _ => Conv2dShape.Create(1, 1, 1, 1, 1, 1, padding: (1 << 15, 1 << 15)), Overflow),
        Range(Convolution, "Same, with a padding beyond every size", "'same'", _ => Conv2dShape.Create(1, 1, 3, 3, 1, int.MaxValue, padding: Padding.Same, dilation: 2), Overflow),
        Range("Conv2dShape.WithBatch", "batch 0", "batch", _ => One.WithBatch(0), EmptyFilters),
        Argument("Conv2dShape.WithBatch", "batch int.MaxValue", "more elements than one array can hold", _ => One.WithBatch(int.MaxValue), Overflow),
        Range("Padding.Sides", "a negative side, in a shape", "paddingAfter", _ => Conv2dShape.Create(1, 1, 6, 6, 1, 3, padding: Padding.Sides(0, -1, 0, 0)), Negative),
        Range("new Size2d", "int.MinValue, in a shape", "window", _ => Pool2dShape.Create(1, 1, 4, 4, new Size2d(int.MinValue, 2)), Negative),
        Range("Size2d.Height", "-1, in a shape", "window", _ => Pool2dShape.Create(1, 1, 4, 4, new Size2d(2, 2) with { Height = -1 }), Negative),
        Range("Size2d.Width", "-1, in a shape", "window", _ => Pool2dShape.Create(1, 1, 4, 4, new Size2d(2, 2) with { Width = -1 }), Negative),
        Range(Pool, "batch 0", "batch", _ => Pool2dShape.Create(0, 1, 4, 4, 2), PoolDivisors),
        Range(Pool, "channels -1", "channels", _ => Pool2dShape.Create(1, -1, 4, 4, 2), Negative),
        Range(Pool, "window 0", "window", _ => Pool2dShape.Create(1, 1, 4, 4, 0), NegativeWindows),
        Range(Pool, "window -2", "window", _ => Pool2dShape.Create(1, 1, 4, 4, -2), NegativeWindows),
        Range(Pool, "stride 0", "stride", _ => Pool2dShape.Create(1, 1, 4, 4, 2, 0), PoolDivisors),
        Range(Pool, "dilation 0", "dilation", _ => Pool2dShape.Create(1, 1, 4, 4, 2, dilation: 0), PoolDivisors),
        Range(Pool, "negative padding", "paddingBefore", _ => Pool2dShape.Create(1, 1, 4, 4, 2, 2, -1), Negative),
        Argument(Pool, "window larger than the padded image", "a window of 5", _ => Pool2dShape.Create(1, 1, 4, 4, 5), ShortBuffer),
        Argument(Pool, "a window that sees nothing but padding", "nothing but padding", _ => Pool2dShape.Create(1, 1, 4, 4, 2, 2, 3), "CWE-682"),
        Argument(Pool, "a window that steps over the image", "nothing but padding", _ => Pool2dShape.Create(1, 1, 1, 9, (2, 1), 1, (1, 0), (2, 1)), "CWE-682"),
        Argument(Pool, "2^30 windows of which the last sees nothing but padding", "nothing but padding", _ => Pool2dShape.Create(1, 1, 1, 1 << 30, (1, 2), 1, Padding.Sides(0, 0, 0, 3)), "CWE-834"),
        Argument(Pool, "a window of 2^32 taps, which is 0 in 32 bits", "more than 16777216 taps", _ => Pool2dShape.Create(1, 1, 2, 2, 1 << 16, 1, Padding.Sides((1 << 16) - 2, 0, (1 << 16) - 2, 0)), Overflow),
        Argument(Pool, "an output of 2^31 elements", "more elements than one array can hold", _ => Pool2dShape.Create(1 << 15, 1 << 15, 2, 2, 2, 1, 1), Overflow),
        Range("Pool2dShape.WithBatch", "batch -1", "batch", _ => Pool2dShape.Create(1, 1, 4, 4, 2).WithBatch(-1), Negative),
        Argument("Pool2dShape.ArgmaxLength", "2^29 outputs with argmax entries of four bytes", "the argmax of", call => _ = Pool2dShape.Create(1 << 21, 1, 1, 1, 17, 1, 16).ArgmaxLength, Overflow),
        Range("BatchNormShape.Create", "channels 0", "channels", _ => BatchNormShape.Create(2, 0, 4), ZeroDivisor),
        Argument("BatchNormShape.Create", "2^62 values", "more elements than one array can hold", _ => BatchNormShape.Create(1 << 30, 1 << 30, 4), Overflow),
        Range("BatchNormShape.WithBatch", "batch 0", "batch", _ => BatchNormShape.Create(2, 2, 4).WithBatch(0), ZeroDivisor),
        Range("new GemmShape", "k 0", "k", call => _ = new GemmShape(2, 2, 0), ZeroDivisor),
        Range("new GemmShape", "m int.MinValue", "m", call => _ = new GemmShape(int.MinValue, 2, 2), Negative),
        Range("TensorShape.Create", "a size of 0", "every size of a tensor is at least 1", _ => TensorShape.Create([2, 0]), Negative),
        Range("TensorShape.Create", "a negative size", "every size of a tensor is at least 1", _ => TensorShape.Create([-1, -1]), Negative),
        Argument("TensorShape.Create", "sizes whose product is 2^64, which is 0 in 64 bits", "more elements than one array can hold", _ => TensorShape.Create([1 << 16, 1 << 16, 1 << 16, 1 << 16]), Overflow),
        Range("TensorShape.WithBatch", "batch 0", "every size of a tensor is at least 1", _ => TensorShape.Create([2, 3]).WithBatch(0), Negative),
        Order("TensorShape.WithoutBatch", "a scalar", "a scalar has no batch axis", _ => default(TensorShape).WithoutBatch()),
        Argument("TensorShape.BatchOf", "a batch beyond one array", "more elements than one array can hold", _ => TensorShape.Create([1 << 16]).BatchOf(1 << 16), Overflow),
        Range("new WindowAxis", "input 0", "input", call => _ = new WindowAxis(0, 1), Negative),
        Range("new WindowAxis", "stride -1", "stride", call => _ = new WindowAxis(4, 2, -1), ConvolutionDivisors),
        Range("WindowAxis.Same", "stride 0", "stride", _ => WindowAxis.Same(4, 3, 0), ConvolutionDivisors),
        Range("WindowAxis.Same", "a padding beyond every size", "'same'", _ => WindowAxis.Same(4, int.MaxValue, 1, int.MaxValue), Overflow),
        Defined("WindowAxis.OutputsInside", "a tap that no window has", "no outputs", _ => Assert.Equal((0, 0), new WindowAxis(4, 2).OutputsInside(int.MaxValue)), BadIndex),
        Defined("WindowAxis.TapsInside", "an output that there is not", "no taps", _ => Assert.Equal((0, 0), new WindowAxis(4, 2).TapsInside(int.MaxValue)), BadIndex),
    ];
}

using FastConv.Shapes;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>The sizes of a small convolution, any that is valid: odd sizes, groups, strides, dilations, another padding on every side.</summary>
internal sealed record ConvolutionNumbers(
    int Batch, int Groups, int GroupInChannels, int GroupOutChannels, Size2d Image, Size2d Kernel, Size2d Stride, (int Top, int Bottom, int Left, int Right) Padding, Size2d Dilation)
{
    private const int MostPadding = 4;

    public static Arbitrary<ConvolutionNumbers> All { get; } = Arb.From(Generator(), numbers => numbers.Smaller().Where(smaller => smaller.IsValid));

    /// <summary>Those without padding and stride, over which shifts, turns and flips are exact.</summary>
    public static Arbitrary<ConvolutionNumbers> Plain { get; } = All.Convert(
        numbers => numbers with { Stride = 1, Padding = default, Image = Sum(numbers.Image, numbers.Extent, 1) },
        numbers => numbers with { Image = Sum(numbers.Image, numbers.Extent, -1) });

    /// <summary>Height and width exchanged, of everything.</summary>
    public ConvolutionNumbers Transposed => this with
    {
        Image = Turned(Image), Kernel = Turned(Kernel), Stride = Turned(Stride), Dilation = Turned(Dilation), Padding = (Padding.Left, Padding.Right, Padding.Top, Padding.Bottom),
    };

    private Size2d Extent => new((Kernel.Height - 1) * Dilation.Height + 1, (Kernel.Width - 1) * Dilation.Width + 1);

    private bool IsValid =>
        Batch > 0 && Groups > 0 && GroupInChannels > 0 && GroupOutChannels > 0
        && IsPositive(Image) && IsPositive(Kernel) && IsPositive(Stride) && IsPositive(Dilation)
        && Math.Min(Math.Min(Padding.Top, Padding.Bottom), Math.Min(Padding.Left, Padding.Right)) >= 0
        && Extent.Height <= Image.Height + Padding.Top + Padding.Bottom
        && Extent.Width <= Image.Width + Padding.Left + Padding.Right;

    public Conv2dShape ToShape() => Conv2dShape.Create(
        Batch,
        Groups * GroupInChannels,
        Image.Height,
        Image.Width,
        Groups * GroupOutChannels,
        Kernel,
        Stride,
        FastConv.Shapes.Padding.Sides(Padding.Top, Padding.Bottom, Padding.Left, Padding.Right),
        Dilation,
        Groups);

    private static Gen<ConvolutionNumbers> Generator()
    {
        Gen<Size2d> sizes = Gen.Choose(1, 5).SelectMany(_ => Gen.Choose(1, 3), (height, width) => new Size2d(height, width));
        return
            from batch in Gen.Choose(1, 3)
            from groups in Gen.Choose(1, 3)
            from channels in sizes
            from image in Gen.Choose(1, 12).SelectMany(_ => Gen.Choose(1, 20), (height, width) => new Size2d(height, width))
            from kernel in sizes
            from stride in sizes
            from vertical in Gen.Choose(0, MostPadding).SelectMany(_ => Gen.Choose(0, MostPadding), (top, bottom) => (top, bottom))
            from horizontal in Gen.Choose(0, MostPadding).SelectMany(_ => Gen.Choose(0, MostPadding), (left, right) => (left, right))
            from dilation in sizes
            let candidate = new ConvolutionNumbers(
                batch, groups, channels.Height, channels.Width, image, kernel, stride, (vertical.top, vertical.bottom, horizontal.left, horizontal.right), dilation)
            where candidate.IsValid
            select candidate;
    }

    private static Size2d Sum(Size2d size, Size2d other, int sign) => new(size.Height + sign * other.Height, size.Width + sign * other.Width);

    private static Size2d Turned(Size2d size) => new(size.Width, size.Height);

    private static bool IsPositive(Size2d size) => size is { Height: > 0, Width: > 0 };

    private static IEnumerable<Size2d> Smaller(Size2d size) => [new Size2d(size.Height - 1, size.Width), new Size2d(size.Height, size.Width - 1)];

    private IEnumerable<ConvolutionNumbers> Smaller() =>
    [
        this with { Batch = Batch - 1 },
        this with { Groups = Groups - 1 },
        this with { GroupInChannels = GroupInChannels - 1 },
        this with { GroupOutChannels = GroupOutChannels - 1 },
        .. Smaller(Image).Select(image => this with { Image = image }),
        .. Smaller(Kernel).Select(kernel => this with { Kernel = kernel }),
        .. Smaller(Stride).Select(stride => this with { Stride = stride }),
        .. Smaller(Dilation).Select(dilation => this with { Dilation = dilation }),
        this with { Padding = Padding with { Top = Padding.Top - 1 } },
        this with { Padding = Padding with { Bottom = Padding.Bottom - 1 } },
        this with { Padding = Padding with { Left = Padding.Left - 1 } },
        this with { Padding = Padding with { Right = Padding.Right - 1 } },
    ];
}

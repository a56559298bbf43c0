using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class Pool2dShapeTests
{
    [Fact]
    public void Create_ComputesEverySize()
    {
        var shape = Pool2dShape.Create(batch: 2, channels: 3, height: 11, width: 8, window: (3, 2), stride: (2, 3), padding: (1, 0), dilation: (2, 1));

        Assert.Equal([2, 3, 11, 8], shape.InputShape.Dimensions.ToArray());
        Assert.Equal([2, 3, 5, 3], shape.OutputShape.Dimensions.ToArray());
        Assert.Equal((6, 88, 15, 6), (shape.Planes, shape.InputPlane, shape.OutputPlane, shape.WindowLength));
        Assert.Equal("[2, 3, 11, 8] -> [2, 3, 5, 3], window 3x2, stride 2x3", shape.ToString());
    }

    [Fact]
    public void Stride_IsTheWindowUnlessGiven()
    {
        var shape = Pool2dShape.Create(1, 1, 9, 9, window: (2, 3));

        Assert.Equal((2, 3), (shape.Vertical.Stride, shape.Horizontal.Stride));
        Assert.Equal([1, 1, 4, 3], shape.OutputShape.Dimensions.ToArray());
    }

    [Theory]
    [InlineData(16, 16, 1)]
    [InlineData(257, 1, 4)]
    [InlineData(17, 16, 4)]
    public void Argmax_TakesAByteWhileTheTapFitsOne(int windowHeight, int windowWidth, int bytes)
    {
        var shape = Pool2dShape.Create(2, 3, 300, 40, (windowHeight, windowWidth), stride: 20);

        Assert.Equal(bytes, shape.ArgmaxSize);
        Assert.Equal(shape.OutputShape.Length * bytes, shape.ArgmaxLength);
    }

    [Theory]
    [InlineData(5, 2, 2, 2, 1)] // two pixels of padding under a window of two
    [InlineData(1, 2, 1, 1, 2)] // the two taps stand left and right of the only pixel
    public void WindowOfNothingButPadding_IsRefused(int side, int window, int stride, int padding, int dilation)
    {
        var error = Assert.Throws<ArgumentException>(() => Pool2dShape.Create(1, 1, side, side, window, stride, padding, dilation));

        Assert.Equal("padding", error.ParamName);
        Assert.Contains("nothing but padding", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pool2dShape.Create(1, 1, 9, side, (1, window), (1, stride), (0, padding), (1, dilation)));
    }

    [Fact]
    public void PaddingBelowTheWindow_IsAccepted() =>
        Assert.Equal([1, 1, 4, 4], Pool2dShape.Create(1, 1, 5, 5, window: 3, stride: 2, padding: 2).OutputShape.Dimensions.ToArray());

    [Theory]
    [InlineData(0, 1, 5, 5, 2, 1, 0, 1)]
    [InlineData(1, 0, 5, 5, 2, 1, 0, 1)]
    [InlineData(1, 1, 0, 5, 2, 1, 0, 1)]
    [InlineData(1, 1, 5, 0, 2, 1, 0, 1)]
    [InlineData(1, 1, 5, 5, 0, 1, 0, 1)]
    [InlineData(1, 1, 5, 5, 2, 0, 0, 1)]
    [InlineData(1, 1, 5, 5, 2, 1, -1, 1)]
    [InlineData(1, 1, 5, 5, 2, 1, 0, 0)]
    public void SizesOutsideTheirRange_AreRefused(int batch, int channels, int height, int width, int window, int stride, int padding, int dilation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool2dShape.Create(batch, channels, height, width, window, stride, padding, dilation));

    [Fact]
    public void ShapesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Pool2dShape.Create(1, 1, 5, 5, window: 6));
        Assert.Throws<ArgumentException>(() => Pool2dShape.Create(1 << 16, 1 << 16, 5, 5, window: 2));
    }

    [Fact]
    public void SizesBeyondAnArray_AreRefusedAtOnce() =>
        Assert.Throws<ArgumentException>(() => Pool2dShape.Create(1, 1, int.MaxValue, 1, window: 1));

    [Fact]
    public void WithBatch_ChangesNothingElse()
    {
        var shape = Pool2dShape.Create(2, 3, 9, 9, 3, 2, 1);

        Assert.Equal(Pool2dShape.Create(7, 3, 9, 9, 3, 2, 1), shape.WithBatch(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.WithBatch(0));
    }
}

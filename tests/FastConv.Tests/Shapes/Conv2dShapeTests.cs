using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class Conv2dShapeTests
{
    [Fact]
    public void Create_ComputesEverySize()
    {
        var shape = Conv2dShape.Create(
            batch: 8, inChannels: 64, height: 56, width: 40, outChannels: 96, kernel: (3, 5), stride: (2, 1), padding: (1, 2), dilation: (1, 3), groups: 4);

        Assert.Equal([8, 64, 56, 40], shape.InputShape.Dimensions.ToArray());
        Assert.Equal([96, 16, 3, 5], shape.WeightShape.Dimensions.ToArray());
        Assert.Equal([8, 96, 28, 32], shape.OutputShape.Dimensions.ToArray());
        Assert.Equal((16, 24), (shape.GroupInChannels, shape.GroupOutChannels));
        Assert.Equal(16 * 3 * 5, shape.PatchLength);
        Assert.Equal((56 * 40, 28 * 32), (shape.InputPlane, shape.OutputPlane));
        Assert.Equal(8L * 96 * 28 * 32 * 16 * 3 * 5, shape.MultiplyAdds);
        Assert.Equal((8, 64, 96, 4), (shape.Batch, shape.InChannels, shape.OutChannels, shape.Groups));
        Assert.Equal("[8, 64, 56, 40] * [96, 16, 3, 5] -> [8, 96, 28, 32], stride 2x1, dilation 1x3, groups 4", shape.ToString());
    }

    [Fact]
    public void Create_DefaultsToStride1Valid()
    {
        var shape = Conv2dShape.Create(1, 1, 5, 5, 1, kernel: 3);

        Assert.Equal([1, 1, 3, 3], shape.OutputShape.Dimensions.ToArray());
        Assert.Equal(shape, Conv2dShape.Create(1, 1, 5, 5, 1, 3, 1, Padding.Valid, 1, 1));
    }

    [Fact]
    public void Create_KeepsTheFourSidesApart()
    {
        var shape = Conv2dShape.Create(1, 1, 5, 5, 1, kernel: 1, padding: Padding.Sides(top: 1, bottom: 2, left: 3, right: 4));

        Assert.Equal((1, 2), (shape.Vertical.PaddingBefore, shape.Vertical.PaddingAfter));
        Assert.Equal((3, 4), (shape.Horizontal.PaddingBefore, shape.Horizontal.PaddingAfter));
        Assert.Equal([1, 1, 8, 12], shape.OutputShape.Dimensions.ToArray());
    }

    [Fact]
    public void Same_FollowsEachAxis()
    {
        var shape = Conv2dShape.Create(1, 1, 7, 10, 1, kernel: (4, 3), stride: (1, 4), padding: Padding.Same);

        Assert.Equal([1, 1, 7, 3], shape.OutputShape.Dimensions.ToArray());
        Assert.Equal((1, 2), (shape.Vertical.PaddingBefore, shape.Vertical.PaddingAfter));
        Assert.Equal((0, 1), (shape.Horizontal.PaddingBefore, shape.Horizontal.PaddingAfter));
    }

    [Theory]
    [InlineData(1, 1, 0, true)]
    [InlineData(3, 1, 1, false)]
    [InlineData(1, 2, 0, false)]
    [InlineData(1, 1, 1, false)]
    public void IsPointwise_WhenOutputAndInputPixelsAreTheSame(int kernel, int stride, int padding, bool expected)
    {
        Assert.Equal(expected, Conv2dShape.Create(1, 2, 6, 6, 3, kernel, stride, padding).IsPointwise);
        Assert.Equal(expected, Conv2dShape.Create(1, 2, 6, 6, 2, (1, kernel), (1, stride), (0, padding), dilation: 1, groups: 2).IsPointwise);
    }

    [Fact]
    public void WithBatch_ChangesNothingElse()
    {
        var shape = Conv2dShape.Create(2, 4, 9, 9, 6, 3, 2, Padding.Same, 1, 2);

        Assert.Equal(Conv2dShape.Create(5, 4, 9, 9, 6, 3, 2, Padding.Same, 1, 2), shape.WithBatch(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.WithBatch(0));
        Assert.Throws<ArgumentException>(() => shape.WithBatch(int.MaxValue));
    }

    [Theory]
    [InlineData(0, 1, 5, 5, 1, 3, 1, 0, 1, 1)]
    [InlineData(1, 0, 5, 5, 1, 3, 1, 0, 1, 1)]
    [InlineData(1, 1, 0, 5, 1, 3, 1, 0, 1, 1)]
    [InlineData(1, 1, 5, -5, 1, 3, 1, 0, 1, 1)]
    [InlineData(1, 1, 5, 5, 0, 3, 1, 0, 1, 1)]
    [InlineData(1, 1, 5, 5, 1, 0, 1, 0, 1, 1)]
    [InlineData(1, 1, 5, 5, 1, 3, 0, 0, 1, 1)]
    [InlineData(1, 1, 5, 5, 1, 3, 1, -1, 1, 1)]
    [InlineData(1, 1, 5, 5, 1, 3, 1, 0, 0, 1)]
    [InlineData(1, 1, 5, 5, 1, 3, 1, 0, 1, 0)]
    [InlineData(1, 1, 5, 5, 1, 3, 1, 0, 1, -1)]
    public void SizesOutsideTheirRange_AreRefused(
        int batch, int inChannels, int height, int width, int outChannels, int kernel, int stride, int padding, int dilation, int groups) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Conv2dShape.Create(batch, inChannels, height, width, outChannels, kernel, stride, padding, dilation, groups));

    [Theory]
    [InlineData(4, 6, 4)]
    [InlineData(6, 4, 4)]
    [InlineData(4, 4, 8)]
    public void GroupsThatDoNotDivide_AreRefused(int inChannels, int outChannels, int groups)
    {
        var error = Assert.Throws<ArgumentException>(() => Conv2dShape.Create(1, inChannels, 5, 5, outChannels, 3, groups: groups));

        Assert.Equal($"{groups} groups do not divide {inChannels} input channels and {outChannels} output channels. (Parameter 'groups')", error.Message);
    }

    [Fact]
    public void KernelLargerThanPaddedInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Conv2dShape.Create(1, 1, 5, 9, 1, kernel: 6));
        Assert.Throws<ArgumentException>(() => Conv2dShape.Create(1, 1, 9, 5, 1, kernel: 6));
        Assert.Throws<ArgumentException>(() => Conv2dShape.Create(1, 1, 5, 5, 1, kernel: 3, dilation: 3));
        Assert.Equal(1, Conv2dShape.Create(1, 1, 5, 5, 1, kernel: 3, padding: 1, dilation: 3).OutputPlane);
    }

    [Theory]
    [InlineData(1 << 16, 1 << 16, 1, 1, 0)] // input
    [InlineData(1, 1, 1 << 16, 1, 0)] // input plane
    [InlineData(1, 1 << 16, 1, 1 << 16, 0)] // weight
    [InlineData(1, 1, 1, 1, 1 << 15)] // output
    public void ProductsThatOverflow_AreRefused(int batch, int inChannels, int side, int outChannels, int padding) =>
        Assert.Throws<ArgumentException>(() => Conv2dShape.Create(batch, inChannels, side, side, outChannels, 1, padding: padding));

    [Fact]
    public void MultiplyAdds_AreCountedBeyond32Bits()
    {
        var shape = Conv2dShape.Create(64, 512, 56, 56, 512, 3, padding: 1);

        Assert.Equal(64L * 512 * 56 * 56 * 512 * 9, shape.MultiplyAdds);
    }
}

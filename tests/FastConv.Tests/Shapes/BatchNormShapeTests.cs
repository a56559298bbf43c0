using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class BatchNormShapeTests
{
    [Fact]
    public void Sizes_are_kept_and_counted()
    {
        BatchNormShape shape = BatchNormShape.Create(2, 3, 20);
        Assert.Equal([2, 3, 20], shape.InputShape.Dimensions.ToArray());
        Assert.Equal(40, shape.ValuesPerChannel);
        Assert.Equal([5, 3, 20], shape.WithBatch(5).InputShape.Dimensions.ToArray());
        Assert.Equal(1, BatchNormShape.Create(2, 3).Plane);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(-1, -1, 1)]
    public void Sizes_below_1_are_refused(int batch, int channels, int plane) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchNormShape.Create(batch, channels, plane));

    [Fact]
    public void A_product_beyond_the_largest_array_is_refused() =>
        Assert.Throws<ArgumentException>(() => BatchNormShape.Create(65536, 2, 65536));
}

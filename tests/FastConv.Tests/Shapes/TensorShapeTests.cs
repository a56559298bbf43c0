using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class TensorShapeTests
{
    [Fact]
    public void Sizes_AreKeptInOrder()
    {
        TensorShape shape = [8, 64, 56, 28];

        Assert.Equal(4, shape.Rank);
        Assert.Equal(8 * 64 * 56 * 28, shape.Length);
        Assert.Equal((8, 56, 28), (shape[0], shape[2], shape[^1]));
        Assert.Equal("[8, 64, 56, 28]", shape.ToString());
        List<int> enumerated = [];
        foreach (int size in shape)
        {
            enumerated.Add(size);
        }

        Assert.Equal([8, 64, 56, 28], enumerated);
    }

    [Fact]
    public void Create_CopiesTheSizes()
    {
        int[] sizes = [2, 3];
        TensorShape shape = TensorShape.Create(sizes);
        sizes[0] = 100;

        Assert.Equal(6, shape.Length);
        Assert.Equal([2, 3], shape.Dimensions.ToArray());
    }

    [Fact]
    public void DefaultAndEmpty_AreTheShapeOfAScalar()
    {
        TensorShape empty = [];

        Assert.Equal(default, empty);
        Assert.Equal((0, 1), (empty.Rank, empty.Length));
        Assert.Equal((0, 1), (default(TensorShape).Rank, default(TensorShape).Length));
        Assert.Equal(default(TensorShape).GetHashCode(), empty.GetHashCode());
        Assert.Equal("[]", empty.ToString());
        Assert.Throws<InvalidOperationException>(() => default(TensorShape).WithBatch(3));
        Assert.Throws<InvalidOperationException>(() => default(TensorShape).WithoutBatch());
    }

    [Fact]
    public void Equality_IsByValue()
    {
        TensorShape shape = [2, 3];

        Assert.True(shape == TensorShape.Create([2, 3]));
        Assert.True(shape != TensorShape.Create([3, 2]));
        Assert.True(shape != TensorShape.Create([2, 3, 1]));
        Assert.False(shape.Equals((object)"[2, 3]"));
        Assert.Equal(shape.GetHashCode(), TensorShape.Create([2, 3]).GetHashCode());
    }

    [Fact]
    public void BatchAxis_IsTheFirst()
    {
        TensorShape batch = [8, 3, 5];

        Assert.Equal([16, 3, 5], batch.WithBatch(16).Dimensions.ToArray());
        Assert.Equal([3, 5], batch.WithoutBatch().Dimensions.ToArray());
        Assert.Equal(batch, batch.WithoutBatch().BatchOf(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.WithBatch(0));
        Assert.Throws<ArgumentException>(() => batch.BatchOf(int.MaxValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void SizesBelowOne_AreRefused(int size)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TensorShape.Create([2, size, 3]));

        Assert.Contains($"[2, {size}, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProductsBeyondAnArray_AreRefused()
    {
        Assert.Equal(Array.MaxLength, TensorShape.Create([Array.MaxLength]).Length);
        Assert.Throws<ArgumentException>(() => TensorShape.Create([int.MaxValue]));
        Assert.Throws<ArgumentException>(() => TensorShape.Create([1 << 16, 1 << 15]));
        Assert.Throws<ArgumentException>(() => TensorShape.Create([1 << 16, 1 << 16])); // 2^32: zero in 32 bits
        Assert.Throws<ArgumentException>(() => TensorShape.Create([int.MaxValue, int.MaxValue, int.MaxValue]));
    }
}

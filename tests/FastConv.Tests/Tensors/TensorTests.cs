using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public unsafe void NewTensor_IsZeroAlignedAndShaped()
    {
        var tensor = new Tensor(2, 3, 5);

        Assert.Equal([2, 3, 5], tensor.Shape.Dimensions.ToArray());
        Assert.Equal(30, tensor.Length);
        Assert.Equal(new float[30], tensor.Span);
        Assert.Equal(0, (long)tensor.Pointer % 64);
        Assert.Equal(tensor.Shape, new Tensor(tensor.Shape).Shape);
    }

    [Fact]
    public void From_Copies()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var tensor = Tensor.From(values, 2, 3);
        values[0] = 100;

        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.Span);
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(values, 2, 2));
        Assert.Equal("Tensor.From: the shape [2, 2] has 4 elements, received 6 values. (Parameter 'values')", error.Message);
    }

    [Fact]
    public void Indexer_IsRowMajorAndChecked()
    {
        var tensor = Tensor.From([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2, 3, 2);

        Assert.Equal(1 * 6 + 2 * 2 + 1, tensor[1, 2, 1]);
        tensor[0, 1, 0] = 50;
        Assert.Equal(50, tensor.Span[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[0, 3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[0, -1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[2, 0, 0] = 1);
        Assert.Throws<ArgumentException>(() => tensor[0, 0]);
        Assert.Throws<ArgumentException>(() => tensor[0, 0, 0, 0]);
    }

    [Fact]
    public void Reshape_SharesMemory()
    {
        var tensor = new Tensor(2, 6);
        Tensor other = tensor.Reshape(3, 4);
        other[2, 3] = 7;

        Assert.Equal(7, tensor[1, 5]);
        Assert.Equal([2, 3, 2], tensor.Reshape(2, -1, 2).Shape.Dimensions.ToArray());
        Assert.Equal([12], tensor.Reshape(-1).Shape.Dimensions.ToArray());
        Assert.Equal([1, 12], tensor.Reshape(new Tensor(1, 12).Shape).Shape.Dimensions.ToArray());
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(5, -1)]
    [InlineData(-1, -1)]
    [InlineData(24, -1)]
    [InlineData(0, -1)]
    [InlineData(-2, 6)]
    public void Reshape_ToAnotherLength_IsRefused(int first, int second)
    {
        var tensor = new Tensor(2, 6);

        Assert.ThrowsAny<ArgumentException>(() => tensor.Reshape(first, second));
    }

    [Fact]
    public void AsTensorSpan_SharesMemory()
    {
        var tensor = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
        var view = tensor.AsTensorSpan();
        view[1, 2] = 60;

        Assert.Equal([2, 3], view.Lengths.ToArray());
        Assert.Equal(60, tensor[1, 2]);
        Assert.Equal(4, view[1, 0]);
    }

    [Fact]
    public void Scalar_HasOneElement()
    {
        var scalar = new Tensor(default(TensorShape));
        scalar[[]] = 3;

        Assert.Equal((1, 3f), (scalar.Length, scalar.Span[0]));
        Assert.Equal(1, scalar.AsTensorSpan().FlattenedLength);
        Assert.Equal([1, 1], scalar.Reshape(1, 1).Shape.Dimensions.ToArray());
    }

    [Fact]
    public void Clone_HasMemoryOfItsOwn()
    {
        var tensor = Tensor.From([1, 2], 2);
        Tensor clone = tensor.Clone();
        clone[0] = 9;

        Assert.Equal([1, 2], tensor.Span);
        Assert.Equal(tensor.Shape, clone.Shape);
    }

    [Fact]
    public void ToString_ShowsShapeAndFirstValues()
    {
        Assert.Equal("Tensor [2] { 1, 2.5 }", Tensor.From([1, 2.5f], 2).ToString());
        Assert.Equal("Tensor [7] { 0, 0, 0, 0, 0, 0, ... }", new Tensor(7).ToString());
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, -1)]
    [InlineData(1 << 16, 1 << 16)]
    public void ImpossibleSizes_AreRefused(int first, int second) =>
        Assert.ThrowsAny<ArgumentException>(() => new Tensor(first, second));
}

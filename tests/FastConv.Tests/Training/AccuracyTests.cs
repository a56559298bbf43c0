using FastConv.Tensors;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class AccuracyTests
{
    [Theory]
    [InlineData(new float[] { 1, 2, 3, 3, 2, 1, 0, 5, 0 }, new[] { 2, 0, 1 }, 3)]
    [InlineData(new float[] { 1, 2, 3, 3, 2, 1, 0, 5, 0 }, new[] { 0, 0, 2 }, 1)]
    [InlineData(new float[] { -1, -1, -2, float.NegativeInfinity, -9, -8 }, new[] { 0, 2 }, 2)]
    [InlineData(new float[] { 4, 4, 4 }, new[] { 1 }, 0)]
    [InlineData(new float[] { float.NaN, 1, 2, 1, 2, float.NaN }, new[] { 0, 1 }, 0)]
    [InlineData(new float[] { 1, 2, 3 }, new[] { -100 }, 0)]
    public void Several_columns_give_the_first_largest(float[] values, int[] labels, int expected) =>
        Assert.Equal(expected, Accuracy.CountCorrect(Tensor.From(values, labels.Length, 3), labels, threshold: 0.5f));

    [Theory]
    [InlineData(0.5f, new float[] { 0.4f, 0.6f, 0.5f, 1 }, new[] { 0, 1, 0, 1 }, 4)]
    [InlineData(0.5f, new float[] { 0.4f, 0.6f, 0.5f, 1 }, new[] { 1, 0, 1, 0 }, 0)]
    [InlineData(0, new float[] { -3, 0.1f, 0, 2 }, new[] { 0, 1, 0, 0 }, 3)]
    [InlineData(0, new[] { float.NaN, float.NaN }, new[] { 0, 1 }, 0)]
    public void One_column_is_held_to_the_threshold(float threshold, float[] values, int[] labels, int expected)
    {
        Assert.Equal(expected, Accuracy.CountCorrect(Tensor.From(values, labels.Length, 1), labels, threshold));
        Assert.Equal(expected, Accuracy.CountCorrect(Tensor.From(values, labels.Length), labels, threshold));
    }

    [Fact]
    public void Refuses_another_number_of_rows()
    {
        var exception = Assert.Throws<ArgumentException>(() => Accuracy.CountCorrect(new Tensor(3, 2), [0, 1], threshold: 0));
        Assert.Contains("received a prediction [3, 2] and 2 labels", exception.Message, StringComparison.Ordinal);
    }
}

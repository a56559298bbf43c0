using FastConv.Data;

namespace FastConv.Tests.Data;

public sealed class SubsetDatasetTests
{
    private static readonly SyntheticDigits Digits = SyntheticDigits.Load("train", new SyntheticDigitsOptions { Count = 20, Size = 8, Classes = 5 });

    [Fact]
    public void Samples_are_the_sources_in_the_given_order()
    {
        var subset = new SubsetDataset(Digits, [7, 0, 7]);
        Assert.Equal(3, subset.Count);
        Assert.Equal(Digits.Name, subset.Name);
        Assert.Equal(Digits.SampleShape, subset.SampleShape);
        Assert.Equal(Digits.ClassCount, subset.ClassCount);
        AssertSame(subset, 0, 7);
        AssertSame(subset, 1, 0);
        AssertSame(subset, 2, 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(19)]
    public void Split_deals_every_sample_once(int count)
    {
        (SubsetDataset first, SubsetDataset others) = SubsetDataset.Split(Digits, count, seed: 3);
        Assert.Equal(count, first.Count);
        Assert.Equal(Digits.Count - count, others.Count);
        string[] expected = [.. Enumerable.Range(0, Digits.Count).Select(index => Print(Digits, index)).Order()];
        string[] actual = [.. Enumerable.Range(0, count).Select(index => Print(first, index)), .. Enumerable.Range(0, others.Count).Select(index => Print(others, index))];
        Assert.NotEqual(expected, actual);
        Assert.Equal(expected, actual.Order());
    }

    [Fact]
    public void Split_follows_from_the_seed()
    {
        Assert.Equal(Order(seed: 1), Order(seed: 1));
        Assert.NotEqual(Order(seed: 1), Order(seed: 2));

        static string[] Order(long seed)
        {
            SubsetDataset first = SubsetDataset.Split(Digits, 15, seed).First;
            return [.. Enumerable.Range(0, first.Count).Select(index => Print(first, index))];
        }
    }

    [Fact]
    public void Indices_that_the_source_does_not_have_are_refused()
    {
        Assert.Throws<ArgumentException>("indices", () => new SubsetDataset(Digits, []));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => new SubsetDataset(Digits, [0, 20]));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => new SubsetDataset(Digits, [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SubsetDataset.Split(Digits, 0, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SubsetDataset.Split(Digits, 20, seed: 1));
    }

    [Fact]
    public void Reading_is_checked_like_that_of_every_dataset()
    {
        var subset = new SubsetDataset(Digits, [7, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => subset.Read(2, new float[64], out _));
        Assert.Throws<ArgumentException>("sample", () => subset.Read(0, new float[63], out _));
    }

    private static void AssertSame(IDataset subset, int index, int sourceIndex) => Assert.Equal(Print(Digits, sourceIndex), Print(subset, index));

    private static string Print(IDataset dataset, int index)
    {
        float[] sample = new float[dataset.SampleShape.Length];
        dataset.Read(index, sample, out int label);
        return $"{label}: {string.Join(' ', sample)}";
    }
}

using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Data;

public sealed class InMemoryDatasetTests
{
    private static readonly Tensor Samples = Tensor.From([1, 2, 3, 4, 5, 6], 3, 2);

    [Fact]
    public void Reads_the_rows_of_the_tensor()
    {
        var dataset = new InMemoryDataset(Samples, [4, 0, 2], name: "three");
        Assert.Equal("three", dataset.Name);
        Assert.Equal(3, dataset.Count);
        Assert.Equal(5, dataset.ClassCount);
        Assert.Equal(TensorShape.Create([2]), dataset.SampleShape);
        float[] sample = new float[2];
        dataset.Read(1, sample, out int label);
        Assert.Equal([3f, 4f], sample);
        Assert.Equal(0, label);
        Assert.Equal(7, new InMemoryDataset(Samples, [4, 0, 2], classCount: 7).ClassCount);
    }

    [Fact]
    public void Refuses_labels_that_do_not_fit()
    {
        Assert.Contains("expected 3 labels", Assert.Throws<ArgumentException>(() => new InMemoryDataset(Samples, [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("label 1 is expected at least 0, received -1", Refusal([0, -1, 1], null), StringComparison.Ordinal);
        Assert.Contains("label 2 is expected in [0, 2), received 2", Refusal([0, 1, 2], 2), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new InMemoryDataset(new Tensor(3), [0, 1, 2]));

        static string Refusal(int[] labels, int? classCount) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryDataset(Samples, labels, classCount)).Message;
    }

    [Fact]
    public void Refuses_wrong_indices_and_lengths()
    {
        var dataset = new InMemoryDataset(Samples, [0, 1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Read(3, new float[2], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Read(-1, new float[2], out _));
        Assert.Throws<ArgumentException>(() => dataset.Read(0, new float[3], out _));
    }
}

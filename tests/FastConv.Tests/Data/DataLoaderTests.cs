using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Data;

public sealed class DataLoaderTests
{
    [Theory]
    [InlineData(10, 4, false, "4,4,2")]
    [InlineData(10, 4, true, "4,4")]
    [InlineData(8, 4, false, "4,4")]
    [InlineData(8, 4, true, "4,4")]
    [InlineData(3, 4, false, "3")]
    [InlineData(5, 1, false, "1,1,1,1,1")]
    [InlineData(1, 1, true, "1")]
    public void The_last_batch_is_short_or_dropped(int count, int batchSize, bool dropLast, string expected)
    {
        var loader = new DataLoader(Numbered(count), batchSize, dropLast: dropLast);
        var sizes = new List<int>();
        foreach (Batch batch in loader.Epoch(0))
        {
            Assert.Equal(TensorShape.Create([batch.Count, 2]), batch.Images.Shape);
            Assert.Equal(batch.Count, batch.Labels.Length);
            sizes.Add(batch.Count);
        }

        Assert.Equal(expected, string.Join(',', sizes));
        Assert.Equal(sizes.Count, loader.BatchCount);
    }

    [Fact]
    public void Without_shuffling_the_order_is_the_datasets() =>
        Assert.Equal(Enumerable.Range(0, 10), Order(new DataLoader(Numbered(10), 3), epoch: 5));

    [Fact]
    public void A_shuffled_epoch_is_a_permutation_that_follows_from_seed_and_epoch()
    {
        const int Count = 101;
        int[] first = Order(new DataLoader(Numbered(Count), 8, shuffle: true, seed: 3), epoch: 2);
        Assert.Equal(Enumerable.Range(0, Count), first.Order());

        var again = new DataLoader(Numbered(Count), 8, shuffle: true, seed: 3);
        Assert.NotEqual(first, Order(again, epoch: 1));
        Assert.Equal(first, Order(again, epoch: 2));
        Assert.NotEqual(first, Order(new DataLoader(Numbered(Count), 8, shuffle: true, seed: 4), epoch: 2));
        Assert.Equal(first, Order(new DataLoader(Numbered(Count), 5, shuffle: true, seed: 3), epoch: 2));
        Assert.NotEqual(Enumerable.Range(0, Count), first);
    }

    [Fact]
    public void Warm_enumeration_reuses_memory()
    {
        var loader = new DataLoader(Numbered(100), 8, shuffle: true, seed: 1);
        Tensor? first = null;
        long before = 0;
        const int Epochs = 20;
        for (int epoch = 0; epoch < 2 + Epochs; epoch++)
        {
            before = epoch == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
            foreach (Batch batch in loader.Epoch(epoch))
            {
                first ??= batch.Images;
                Assert.True(batch.Count < loader.BatchSize || ReferenceEquals(first, batch.Images));
            }
        }

        // The random numbers of an epoch are one small object.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Epochs * 128);
    }

    [Fact]
    public void Only_one_epoch_is_under_way()
    {
        var loader = new DataLoader(Numbered(4), 2);
        DataLoader.BatchEnumerator old = loader.Epoch(0).GetEnumerator();
        Assert.True(old.MoveNext());
        DataLoader.BatchEnumerator current = loader.Epoch(0).GetEnumerator();
        Assert.Throws<InvalidOperationException>(() => old.MoveNext());
        Assert.True(current.MoveNext());
        Assert.True(current.MoveNext());
        Assert.False(current.MoveNext());
        Assert.False(current.MoveNext());
    }

    [Fact]
    public void Refuses_what_gives_no_batch()
    {
        Assert.Contains("at least one sample", Assert.Throws<ArgumentException>(() => new DataLoader(new Stub(0, 0), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Numbered(4), 0));
        Assert.Contains("dropLast", Assert.Throws<ArgumentException>(() => new DataLoader(Numbered(3), 4, dropLast: true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Numbered(4), 1).Epoch(-1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Refuses_labels_outside_of_what_the_dataset_promised(int label)
    {
        var loader = new DataLoader(new Stub(2, label), 2);
        var exception = Assert.Throws<InvalidDataException>(() => Order(loader, epoch: 0));
        Assert.Contains($"expected in [0, 3), received {label}", exception.Message, StringComparison.Ordinal);
    }

    // Sample i is [i, -i] with label i.
    private static InMemoryDataset Numbered(int count)
    {
        var samples = new Tensor(count, 2);
        for (int index = 0; index < count; index++)
        {
            samples[index, 0] = index;
            samples[index, 1] = -index;
        }

        return new InMemoryDataset(samples, Enumerable.Range(0, count).ToArray());
    }

    private static int[] Order(DataLoader loader, int epoch)
    {
        var order = new List<int>();
        foreach (Batch batch in loader.Epoch(epoch))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                Assert.Equal(batch.Labels[row], batch.Images[row, 0]);
                Assert.Equal(-batch.Labels[row], batch.Images[row, 1]);
                order.Add(batch.Labels[row]);
            }
        }

        return [.. order];
    }

    // A dataset somebody else wrote, badly.
    private sealed class Stub(int count, int label) : IDataset
    {
        public string Name => "stub";

        public int Count => count;

        public TensorShape SampleShape => [2];

        public int ClassCount => 3;

        public void Read(int index, Span<float> sample, out int value)
        {
            sample.Clear();
            value = label;
        }
    }
}

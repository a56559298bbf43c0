using FastConv.Data;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class TransformedDatasetTests
{
    private static readonly InMemoryDataset Source = new(
        Tensor.From([.. Enumerable.Range(0, 10 * 2 * 6 * 6).Select(value => (float)value)], 10, 2, 6, 6), [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);

    [Fact]
    public void Transforms_follow_each_other()
    {
        var dataset = new TransformedDataset(Source, seed: 0, new CenterCrop(4, 2), new Normalize(new DatasetStatistics([1], [2])), new Resize(2, 2), new CenterCrop(1, 2));
        Assert.Equal(TensorShape.Create([2, 1, 2]), dataset.SampleShape);
        Assert.Equal((10, 3, Source.Name), (dataset.Count, dataset.ClassCount, dataset.Name));
        float[] sample = TestTensors.NaNs(4);
        dataset.Read(3, sample, out int label);
        Assert.Equal(0, label);

        float[] window = [.. from c in Enumerable.Range(0, 2) from h in Enumerable.Range(1, 4) from w in Enumerable.Range(2, 2) select (3 * 72 + c * 36 + h * 6 + w - 1) / 2f];
        float[] resized = new float[8];
        BilinearResize.Apply(2, 4, 2, window, 2, 2, resized);
        Assert.Equal([resized[0], resized[1], resized[4], resized[5]], sample);
    }

    [Fact]
    public void What_is_random_follows_from_seed_epoch_and_index()
    {
        float[] first = Read(Augmented(1), 4, 2);
        Assert.Equal(first, Read(Augmented(1), 4, 2));
        TransformedDataset again = Augmented(1);
        Assert.NotEqual(Enumerable.Range(0, 10).SelectMany(index => Read(again, index, 0)), Enumerable.Range(0, 10).SelectMany(index => Read(again, index, 1)));
        Assert.NotEqual(Enumerable.Range(0, 10).SelectMany(index => Read(again, index, 0)), Enumerable.Range(0, 10).SelectMany(index => Read(Augmented(2), index, 0)));
        Assert.Equal(first, Read(again, 4, 2));

        // Without an epoch it is the first.
        float[] sample = new float[32];
        again.Read(4, sample, out _);
        Assert.Equal(Read(again, 4, 0), sample);
    }

    [Fact]
    public void Samples_of_an_epoch_draw_different_numbers()
    {
        var draws = new HashSet<float>();
        var dataset = new TransformedDataset(Source, 1, new DrawnNumber());
        for (int index = 0; index < 10; index++)
        {
            for (int epoch = 0; epoch < 10; epoch++)
            {
                draws.Add(Read(dataset, index, epoch)[0]);
            }
        }

        Assert.Equal(100, draws.Count);
    }

    [Fact]
    public void What_wraps_it_passes_the_epoch_on()
    {
        TransformedDataset augmented = Augmented(1);
        var wrapped = new TransformedDataset(
            new NormalizedDataset(new SubsetDataset(augmented, [7, 4]), new DatasetStatistics([1], [2])), seed: 1, new CenterCrop(4, 4), new DrawnOffset());
        float[] inner = Read(augmented, 4, 5);
        float offset = Read(wrapped, 1, 5)[0] - (inner[0] - 1) / 2;
        Assert.InRange(offset, 0, 1);
        Assert.Equal(inner.Select(value => (value - 1) / 2), Read(wrapped, 1, 5).Select(value => value - offset), (left, right) => Math.Abs(left - right) < 1e-3);

        // The outer transform draws its own numbers, however many the inner ones took.
        Assert.Equal(offset, Read(new TransformedDataset(Source, 1, new DrawnOffset()), 1, 5)[0] - Source.SampleShape.Length, 1e-3f);
    }

    [Fact]
    public void Warm_reading_allocates_nothing()
    {
        var dataset = new TransformedDataset(
            Source, 1, new RandomResizedCrop(6, 6), new RandomCrop(6, 6, 2), new RandomHorizontalFlip(), new Cutout(3), new Normalize(new DatasetStatistics([1], [2])), new Resize(3, 3));
        float[] sample = new float[18];
        dataset.Read(0, 0, sample, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < 10; index++)
        {
            dataset.Read(index, 3, sample, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        Assert.Contains("at least one transform", Assert.Throws<ArgumentException>(() => new TransformedDataset(Source, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new TransformedDataset(Source, 0, (ITransform)null!));
        Assert.Throws<ArgumentException>(() => new TransformedDataset(Source, 0, new CenterCrop(3, 3), new RandomCrop(4, 4)));
        Assert.Throws<ArgumentException>(() => new TransformedDataset(Source, 0, new CenterCrop(3, 3)).Read(0, new float[72], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransformedDataset(Source, 0, new CenterCrop(3, 3)).Read(10, new float[18], out _));
    }

    private static TransformedDataset Augmented(long seed) => new(Source, seed, new RandomCrop(4, 4, padding: 1), new RandomHorizontalFlip());

    private static float[] Read(IDataset dataset, int index, int epoch)
    {
        float[] sample = TestTensors.NaNs(dataset.SampleShape.Length);
        dataset.Read(index, epoch, sample, out _);
        return sample;
    }

    private sealed class DrawnNumber : ITransform
    {
        public TensorShape OutputShape(TensorShape input) => [1];

        public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random) => result[0] = random.NextSingle();
    }

    private sealed class DrawnOffset : ITransform
    {
        public TensorShape OutputShape(TensorShape input) => input;

        public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
        {
            float offset = random.NextSingle();
            for (int index = 0; index < result.Length; index++)
            {
                result[index] = image[index] + offset;
            }
        }
    }
}

using FastConv.Data;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>Loaders show every sample once an epoch; flips undo themselves; crops of crops are crops.</summary>
public sealed class DataPropertyTests
{
    [Fact]
    public void A_loader_shows_every_sample_once_an_epoch() => PropertyRun.ForAll(Numbers(), numbers =>
    {
        var samples = new Tensor(numbers.Count, 1);
        for (int index = 0; index < numbers.Count; index++)
        {
            samples.Span[index] = index;
        }

        var loader = new DataLoader(new InMemoryDataset(samples, new int[numbers.Count]), numbers.Batch, shuffle: numbers.Seed % 2 == 0, numbers.Seed, workers: numbers.Seed % 3);
        foreach (int epoch in (int[])[0, 1])
        {
            var seen = new List<int>();
            foreach (Batch batch in loader.Epoch(epoch))
            {
                Assert.Equal(batch.Indices.ToArray().Select(index => (float)index), batch.Images.Span.ToArray());
                seen.AddRange(batch.Indices);
            }

            Assert.Equal(Enumerable.Range(0, numbers.Count), seen.Order());
        }
    });

    [Fact]
    public void A_flip_undoes_itself() => PropertyRun.ForAll(Numbers(), numbers =>
    {
        TensorShape shape = [1 + numbers.Seed % 3, numbers.Count, numbers.Batch];
        float[] image = TestTensors.Random(numbers.Seed, shape.Length);
        var flip = new RandomHorizontalFlip(probability: 1);
        TestTensors.AssertSameBits(image, Apply(flip, shape, Apply(flip, shape, image)));
    });

    [Fact]
    public void A_crop_of_a_padded_image_is_the_image() => PropertyRun.ForAll(Numbers(), numbers =>
    {
        (int height, int width) = (numbers.Count, numbers.Batch);
        TensorShape shape = [2, height, width];
        TensorShape padded = [2, height + 2 * numbers.Border, width + 2 * numbers.Border];
        float[] image = TestTensors.Random(numbers.Seed, shape.Length);
        float[] bordered = Apply(new CenterCrop(padded[1], padded[2]), shape, image);
        TestTensors.AssertSameBits(image, Apply(new CenterCrop(height, width), padded, bordered));
    });

    [Fact]
    public void A_random_crop_is_a_window_of_the_padded_image() => PropertyRun.ForAll(Numbers(), numbers =>
    {
        (int height, int width) = (numbers.Count, numbers.Batch);
        float[] image = TestTensors.Random(numbers.Seed, height * width, 1, 2);
        float[] cropped = Apply(new RandomCrop(height, width, numbers.Border), [1, height, width], image);
        float[] padded = Apply(new CenterCrop(height + 2 * numbers.Border, width + 2 * numbers.Border), [1, height, width], image);
        int stride = width + 2 * numbers.Border;
        bool isWindow = Enumerable.Range(0, 2 * numbers.Border + 1).Any(top => Enumerable.Range(0, 2 * numbers.Border + 1).Any(left =>
            Enumerable.Range(0, height).All(row => cropped.AsSpan(row * width, width).SequenceEqual(padded.AsSpan((top + row) * stride + left, width)))));
        Assert.True(isWindow);
    });

    [Fact]
    public void A_resize_to_its_own_size_is_the_image() => PropertyRun.ForAll(Numbers(), numbers =>
    {
        TensorShape shape = [1, numbers.Count, numbers.Batch];
        float[] image = TestTensors.Random(numbers.Seed, shape.Length);
        TestTensors.AssertSameBits(image, Apply(new Resize(numbers.Count, numbers.Batch), shape, image));
    });

    private static float[] Apply(ITransform transform, TensorShape shape, float[] image)
    {
        float[] result = TestTensors.NaNs(transform.OutputShape(shape).Length);
        transform.Apply(shape, image, result, new RandomSource(5));
        return result;
    }

    private static Arbitrary<DataNumbers> Numbers()
    {
        Gen<DataNumbers> numbers =
            from count in Gen.Choose(1, 30)
            from batch in Gen.Choose(1, 12)
            from border in Gen.Choose(0, 4)
            from seed in Gen.Choose(1, 1000)
            select new DataNumbers(count, batch, border, seed);
        return Arb.From(numbers, given => given.Smaller().Where(smaller => smaller is { Count: > 0, Batch: > 0, Border: >= 0 }));
    }

    private sealed record DataNumbers(int Count, int Batch, int Border, int Seed)
    {
        public IEnumerable<DataNumbers> Smaller() => [this with { Count = Count - 1 }, this with { Batch = Batch - 1 }, this with { Border = Border - 1 }];
    }
}

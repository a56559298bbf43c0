using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

[Collection(ThreadCases.Collection)]
public sealed class SyntheticDigitsTests
{
    [Theory]
    [InlineData(8, 1, 10)]
    [InlineData(28, 1, 10)]
    [InlineData(33, 3, 2)]
    [InlineData(224, 3, 2)]
    public void Any_size_gives_values_in_0_to_1_and_balanced_classes(int size, int channels, int classes)
    {
        const int Count = 40;
        SyntheticDigits dataset = SyntheticDigits.Load("train", new() { Count = Count, Size = size, Channels = channels, Classes = classes });
        Assert.Equal(Count, dataset.Count);
        Assert.Equal(classes, dataset.ClassCount);
        Assert.Equal(TensorShape.Create([channels, size, size]), dataset.SampleShape);
        int[] perClass = new int[classes];
        float[] sample = new float[dataset.SampleShape.Length];
        for (int index = 0; index < Count; index++)
        {
            Array.Fill(sample, float.NaN);
            dataset.Read(index, sample, out int label);
            perClass[label]++;
            Assert.True(Array.TrueForAll(sample, value => value is >= 0 and <= 1));
            Assert.True(sample.Max() - sample.Min() > 0.3f, $"image {index} shows no digit");
        }

        Assert.All(perClass, count => Assert.Equal(Count / classes, count));
    }

    [Fact]
    public void An_image_follows_from_seed_split_and_index_alone()
    {
        SyntheticDigits some = SyntheticDigits.Load("train", new() { Count = 30, Seed = 5 });
        SyntheticDigits more = SyntheticDigits.Load("train", new() { Count = 90, Seed = 5 });
        for (int index = 0; index < some.Count; index++)
        {
            TestTensors.AssertSameBits(Image(some, index), Image(more, index), $"image {index}");
        }

        Assert.NotEqual(Image(some, 0), Image(SyntheticDigits.Load("train", new() { Count = 1, Seed = 6 }), 0));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit() => ThreadCases.AssertSameBitsOnAnyThreads(() =>
    {
        SyntheticDigits dataset = SyntheticDigits.Load("test", new() { Count = 50, Channels = 3 });
        return [.. Enumerable.Range(0, dataset.Count).SelectMany(index => Image(dataset, index))];
    });

    [Fact]
    public void No_image_occurs_twice_in_training_and_test_data()
    {
        var seen = new HashSet<string>();
        foreach (string split in (string[])["train", "test"])
        {
            SyntheticDigits dataset = SyntheticDigits.Load(split, new() { Count = 200 });
            for (int index = 0; index < dataset.Count; index++)
            {
                Assert.True(seen.Add(string.Join(' ', Image(dataset, index))), $"{split} image {index} occurred before");
            }
        }
    }

    [Fact]
    public void Digits_can_be_told_apart_but_not_trivially()
    {
        // The nearest class mean: far better than the one in ten of a guess, far from what a network must reach.
        const int Classes = 10;
        SyntheticDigits train = SyntheticDigits.Load("train", new() { Count = 2000 });
        SyntheticDigits test = SyntheticDigits.Load("test", new() { Count = 500 });
        double[][] means = [.. Enumerable.Range(0, Classes).Select(_ => new double[train.SampleShape.Length])];
        for (int index = 0; index < train.Count; index++)
        {
            float[] image = Image(train, index, out int label);
            for (int pixel = 0; pixel < image.Length; pixel++)
            {
                means[label][pixel] += image[pixel] * (Classes / (double)train.Count);
            }
        }

        int correct = 0;
        for (int index = 0; index < test.Count; index++)
        {
            float[] image = Image(test, index, out int label);
            int nearest = Enumerable.Range(0, Classes).MinBy(digit => image.Select((value, pixel) => Math.Pow(value - means[digit][pixel], 2)).Sum());
            correct += nearest == label ? 1 : 0;
        }

        Assert.InRange(correct / (double)test.Count, 0.4, 0.8);
    }

    [Fact]
    public void Refuses_options_out_of_range()
    {
        AssertRefused(new() { Count = 0 }, "Count is expected in [1, 2147483647], received 0");
        AssertRefused(new() { Size = 7 }, "Size is expected in [8, 1024], received 7");
        AssertRefused(new() { Size = 1025 }, "Size is expected in [8, 1024], received 1025");
        AssertRefused(new() { Channels = 2 }, "Channels is expected to be 1 or 3, received 2");
        AssertRefused(new() { Classes = 1 }, "Classes is expected in [2, 10], received 1");
        AssertRefused(new() { Classes = 11 }, "Classes is expected in [2, 10], received 11");
        Assert.Throws<ArgumentException>(() => SyntheticDigits.Load("train", new() { Count = int.MaxValue }));
        Assert.Contains("'dev'", Assert.Throws<ArgumentException>(() => SyntheticDigits.Load("dev")).Message, StringComparison.Ordinal);

        static void AssertRefused(SyntheticDigitsOptions options, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Load("train", options)).Message, StringComparison.Ordinal);
    }

    private static float[] Image(SyntheticDigits dataset, int index) => Image(dataset, index, out _);

    private static float[] Image(SyntheticDigits dataset, int index, out int label)
    {
        float[] sample = new float[dataset.SampleShape.Length];
        dataset.Read(index, sample, out label);
        return sample;
    }
}

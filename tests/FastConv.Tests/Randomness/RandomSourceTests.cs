using FastConv.Randomness;

namespace FastConv.Tests.Randomness;

public sealed class RandomSourceTests
{
    private const int Draws = 100_000;

    [Fact]
    public void Sequence_IsPhiloxBlocksInOrder()
    {
        var random = new RandomSource(seed: -5, stream: 9);
        for (ulong position = 0; position < 3; position++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Block(unchecked((ulong)-5L), 9, position);
            Assert.Equal([a, b, c, d], [random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()]);
        }
    }

    [Fact]
    public void SameSeed_SameNumbers_OtherSeedOrStream_OtherNumbers()
    {
        Assert.Equal(First(1, 0), First(1, 0));
        Assert.NotEqual(First(1, 0), First(2, 0));
        Assert.NotEqual(First(1, 0), First(1, 1));
        Assert.NotEqual(First(1, 0), First(0, 1));
    }

    [Fact]
    public void NextSingle_IsUniform()
    {
        var random = new RandomSource(1);
        float[] values = Draw(random.NextSingle);

        Assert.All(values, value => Assert.InRange(value, 0, 1 - 1f / (1 << 24)));
        AssertMoments(values, mean: 0.5, variance: 1.0 / 12, fourthMoment: 1.0 / 80);
        AssertUniform(values.Select(value => (int)(value * 64)), 64);
    }

    [Fact]
    public void NextSingle_BetweenBounds_IsUniformBetweenThem()
    {
        var random = new RandomSource(2);
        float[] values = Draw(() => random.NextSingle(-3, 5));

        Assert.All(values, value => Assert.True(value is >= -3 and < 5));
        AssertMoments(values, mean: 1, variance: 64.0 / 12, fourthMoment: 4096.0 / 80);
    }

    // The first number of this seed is 1 - 2^-24; between 1 and 2 the sum would round up to 2.
    [Fact]
    public void NextSingle_NeverReachesTheUpperBound()
    {
        const long Seed = 16_390_493;
        Assert.Equal(1 - 1f / (1 << 24), new RandomSource(Seed).NextSingle());

        Assert.Equal(MathF.BitDecrement(2), new RandomSource(Seed).NextSingle(1, 2));
        Assert.Equal(1, new RandomSource(Seed).NextSingle(1, 1));
    }

    [Fact]
    public void NextNormal_HasTheMomentsAndTails()
    {
        var random = new RandomSource(3);
        float[] values = Draw(random.NextNormal);

        AssertMoments(values, mean: 0, variance: 1, fourthMoment: 3);
        AssertShare(0.6827, values, value => Math.Abs(value) < 1);
        AssertShare(0.9545, values, value => Math.Abs(value) < 2);
        AssertShare(0.9973, values, value => Math.Abs(value) < 3);
        AssertShare(0.5, values, value => value > 0);
        double neighbours = values.Zip(values.Skip(1), (x, y) => (double)x * y).Average();
        Assert.InRange(neighbours, -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(64)]
    public void NextInt_IsUniformBelowItsBound(int bound)
    {
        var random = new RandomSource(4);

        AssertUniform(Enumerable.Range(0, Draws).Select(_ => random.NextInt(bound)), bound);
    }

    [Fact]
    public void NextInt_HasNoBiasForLargeBounds()
    {
        // 2^32 is 8/3 of this bound: without rejection two numbers of three would come half as often again as the third.
        const int Bound = (int)(3L << 29);
        var random = new RandomSource(5);
        int[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.NextInt(Bound))];

        AssertUniform(values.Select(value => (int)((long)value * 3 / Bound)), 3);
        AssertUniform(values.Select(value => value % 3), 3);
        Assert.InRange(new RandomSource(6).NextInt(int.MaxValue), 0, int.MaxValue - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void NextInt_BelowOne_IsRefused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSource(1).NextInt(bound));

    [Fact]
    public void Shuffle_GivesEveryOrderEquallyOften()
    {
        var random = new RandomSource(7);
        IEnumerable<int> orders = Enumerable.Range(0, Draws / 10).Select(_ =>
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle<int>(items);
            Assert.Equal([0, 1, 2, 3], items.Order());
            return items[0] * 6 + Rank(items[1], items[2], items[3]);
        });

        AssertUniform(orders, 24);
    }

    [Fact]
    public void Shuffle_OfNothingOrOne_ChangesNothing()
    {
        var random = new RandomSource(8);
        random.Shuffle<int>([]);
        int[] one = [5];
        random.Shuffle<int>(one);

        Assert.Equal([5], one);
        Assert.Equal(new RandomSource(8).NextUInt32(), random.NextUInt32());
    }

    private static float[] Draw(Func<float> next) => [.. Enumerable.Range(0, Draws).Select(_ => next())];

    private static uint[] First(long seed, long stream)
    {
        var random = new RandomSource(seed, stream);
        return [random.NextUInt32(), random.NextUInt32()];
    }

    // Which of the six orders three different numbers are in.
    private static int Rank(int x, int y, int z) => (x > y ? 1 : 0) + (x > z ? 1 : 0) is int first && first < 2
        ? first * 2 + (y > z ? 1 : 0)
        : 4 + (y > z ? 1 : 0);

    // Five standard errors: one false alarm in millions of seeds, and the seeds are fixed.
    private static void AssertMoments(float[] values, double mean, double variance, double fourthMoment)
    {
        double actualMean = values.Average(value => (double)value);
        double actualVariance = values.Average(value => (value - mean) * (value - mean));
        Assert.InRange(actualMean - mean, -5 * Math.Sqrt(variance / values.Length), 5 * Math.Sqrt(variance / values.Length));
        double spread = 5 * Math.Sqrt((fourthMoment - variance * variance) / values.Length);
        Assert.InRange(actualVariance - variance, -spread, spread);
    }

    private static void AssertShare(double expected, float[] values, Predicate<float> condition)
    {
        double share = (double)values.Count(value => condition(value)) / values.Length;
        double spread = 5 * Math.Sqrt(expected * (1 - expected) / values.Length) + 1e-4;
        Assert.InRange(share - expected, -spread, spread);
    }

    // Chi-squared with its normal approximation: mean cells - 1, variance 2 (cells - 1).
    private static void AssertUniform(IEnumerable<int> values, int cells)
    {
        var counts = new int[cells];
        int total = 0;
        foreach (int value in values)
        {
            counts[value]++;
            total++;
        }

        double expected = (double)total / cells;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(statistic, 0, cells - 1 + 6 * Math.Sqrt(2 * (cells - 1)));
    }
}

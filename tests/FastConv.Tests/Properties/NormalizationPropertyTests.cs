using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>A normalised channel has mean 0 and variance 1; a row of probabilities has sum 1, and does not know a shift of its logits.</summary>
public sealed class NormalizationPropertyTests
{
    private const float Epsilon = 1e-5f;

    [Fact]
    public void A_normalised_channel_has_mean_0_and_variance_1() => PropertyRun.ForAll(Sizes(), sizes =>
    {
        var shape = BatchNormShape.Create(sizes.Batch + 1, sizes.Channels, sizes.Plane);
        float[] input = BatchNormCases.Input(shape, sizes.Seed);
        float[] output = TestTensors.NaNs(input.Length);
        float[] inverse = new float[shape.Channels];
        BatchNormPrimitives.ForwardTraining(shape, input, [], [], [], [], 0.1f, Epsilon, output, new float[shape.Channels], inverse);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            double[] values = [.. output.Chunk(shape.Plane).Where((_, index) => index % shape.Channels == channel).SelectMany(plane => plane).Select(value => (double)value)];
            double mean = values.Average();
            double variance = values.Average(value => (value - mean) * (value - mean));

            // Of the input's variance v, what is left is v / (v + epsilon); a value of x has passed a subtraction and a product, with a scale and a shift that are rounded.
            double expected = 1 - Epsilon * (double)inverse[channel] * inverse[channel];
            double largest = input.Max(MathF.Abs) * (double)inverse[channel] + values.Max(Math.Abs);
            double rounding = 4 * largest * ErrorBound.RelativeError(1);
            Assert.InRange(mean, -rounding, rounding);
            Assert.InRange(variance - expected, -3 * rounding, 3 * rounding);
        }
    });

    [Fact]
    public void A_row_of_probabilities_has_sum_1() => PropertyRun.ForAll(Sizes(), sizes =>
    {
        float[] y = Softmax(sizes, TestTensors.Random(sizes.Seed, sizes.Batch * sizes.Plane, -30, 30));
        Assert.All(y.Chunk(sizes.Plane), row => Assert.InRange(row.Sum(value => (double)value) - 1, -Bound(sizes), Bound(sizes)));
    });

    /// <summary>Logits and shifts are quarters, so that the shifted logits are exact.</summary>
    [Fact]
    public void A_shift_of_a_row_changes_no_bit() => PropertyRun.ForAll(Sizes(), sizes =>
    {
        float[] x = [.. TestTensors.Random(sizes.Seed, sizes.Batch * sizes.Plane, -30, 30).Select(value => MathF.Round(4 * value) / 4)];
        TestTensors.AssertSameBits(Softmax(sizes, x), Softmax(sizes, [.. x.Select(value => value + 1000.25f)]));
    });

    [Fact]
    public void Log_softmax_is_the_logarithm_of_softmax() => PropertyRun.ForAll(Sizes(), sizes =>
    {
        float[] x = TestTensors.Random(sizes.Seed, sizes.Batch * sizes.Plane, -5, 5);
        float[] y = Softmax(sizes, x);
        float[] log = TestTensors.NaNs(x.Length);
        LogSoftmaxPrimitives.Forward(sizes.Batch, sizes.Plane, x, log);

        // The largest logarithm is below 10 + log of the columns.
        double allowed = 2 * Bound(sizes) + 20 * ErrorBound.RelativeError(2);
        Assert.All(y.Zip(log), pair => Assert.InRange(Math.Log(pair.First) - pair.Second, -allowed, allowed));
    });

    private static float[] Softmax(NormalizationSizes sizes, float[] x)
    {
        float[] y = TestTensors.NaNs(x.Length);
        SoftmaxPrimitives.Forward(sizes.Batch, sizes.Plane, x, y);
        return y;
    }

    // Terms of 1.1 units in the last place each, their sum in 16 lanes, and a division.
    private static double Bound(NormalizationSizes sizes) => 2 * ErrorBound.RelativeError(sizes.Plane + 4);

    private static Arbitrary<NormalizationSizes> Sizes()
    {
        Gen<NormalizationSizes> sizes =
            from batch in Gen.Choose(1, 6)
            from channels in Gen.Choose(1, 20)
            from plane in Gen.Choose(1, 70)
            from seed in Gen.Choose(1, 1000)
            select new NormalizationSizes(batch, channels, plane, seed);
        return Arb.From(sizes, given => given.Smaller().Where(smaller => smaller is { Batch: > 0, Channels: > 0, Plane: > 0 }));
    }

    private sealed record NormalizationSizes(int Batch, int Channels, int Plane, int Seed)
    {
        public IEnumerable<NormalizationSizes> Smaller() => [this with { Batch = Batch - 1 }, this with { Channels = Channels - 1 }, this with { Plane = Plane - 1 }];
    }
}

using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.75f)]
    public void Both_passes_multiply_by_the_same_mask(float probability)
    {
        foreach (int length in (int[])[.. TestTensors.VectorLengths, 255, 256, 257, 511, 1000])
        {
            float[] x = TestTensors.Random(length, length);
            double[] expected = [.. TestTensors.ToDouble(x).Zip(DropoutReference.Mask(length, probability, seed: 7, step: 3), (value, factor) => value * factor)];
            float[] y = TestTensors.NaNs(length);
            float[] gradInput = TestTensors.NaNs(length);
            DropoutPrimitives.Forward(x, probability, 7, 3, y);
            DropoutPrimitives.Backward(x, probability, 7, 3, gradInput);
            TestTensors.AssertClose(expected, y, 1e-6, $"length {length}");
            TestTensors.AssertSameBits(y, gradInput, $"length {length}");

            float[] keptOutput = TestTensors.NaNs(length);
            var kept = new byte[length];
            Array.Fill(kept, (byte)7);
            DropoutPrimitives.Forward(x, probability, 7, 3, keptOutput, kept);
            TestTensors.AssertSameBits(y, keptOutput, $"length {length}, mask kept");
            Assert.Equal(DropoutReference.Mask(length, probability, seed: 7, step: 3).Select(factor => (byte)(factor > 0 ? 1 : 0)), kept);
            Array.Fill(gradInput, float.NaN);
            DropoutPrimitives.Backward(x, kept, probability, gradInput);
            TestTensors.AssertSameBits(y, gradInput, $"length {length}, mask kept");
        }
    }

    [Fact]
    public void A_kept_mask_of_another_length_is_refused()
    {
        var output = new float[5];
        foreach (int length in (int[])[0, 4, 6])
        {
            Assert.Throws<ArgumentException>(() => DropoutPrimitives.Forward(new float[5], 0.5f, 1, 1, output, new byte[length]));
            Assert.Throws<ArgumentException>(() => DropoutPrimitives.Backward(new float[5], new byte[length], 0.5f, output));
        }

        Assert.Equal(new float[5], output);
    }

    [Theory]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void The_share_and_the_mean_are_right(float probability)
    {
        const int Length = 40_000;
        float[] y = Ones(Length, probability, seed: 1, step: 1);
        double deviation = Math.Sqrt(probability * (1 - probability) / Length);
        Assert.Equal(probability, y.Count(value => value == 0) / (double)Length, 4 * deviation);
        Assert.Equal(1, y.Average(), 4 * deviation / (1 - probability));
    }

    [Fact]
    public void Other_steps_and_other_seeds_give_unrelated_masks()
    {
        float[] mask = Ones(4000, 0.5f, seed: 1, step: 1);
        foreach (float[] other in (float[][])[Ones(4000, 0.5f, seed: 1, step: 2), Ones(4000, 0.5f, seed: 2, step: 1), Ones(4000, 0.5f, seed: -1, step: -1)])
        {
            Assert.Equal(2000, mask.Zip(other).Count(pair => pair.First == pair.Second), 150.0);
        }
    }

    [Fact]
    public void The_mask_is_not_the_sequence_that_a_random_source_of_the_same_seed_gives()
    {
        var random = new RandomSource(5, stream: 1);
        float[] mask = Ones(4000, 0.5f, seed: 5, step: 1);
        Assert.Equal(2000, mask.Count(value => value == 0 == random.NextSingle() < 0.5f), 150.0);
    }

    [Fact]
    public void At_0_it_is_a_copy_and_at_1_everything_is_zero()
    {
        float[] x = TestTensors.Random(1, 37);
        float[] y = TestTensors.NaNs(37);
        DropoutPrimitives.Forward(x, 0, 1, 1, y);
        TestTensors.AssertSameBits(x, y);
        DropoutPrimitives.Forward(x, 1, 1, 1, y);
        Assert.All(y, value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_result_may_overwrite_its_argument()
    {
        float[] x = TestTensors.Random(1, 37);
        float[] y = new float[37];
        DropoutPrimitives.Forward(x, 0.5f, 1, 1, y);
        DropoutPrimitives.Forward(x, 0.5f, 1, 1, x);
        TestTensors.AssertSameBits(y, x);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void Probabilities_outside_0_to_1_are_refused_and_nothing_is_written(float probability)
    {
        float[] y = TestTensors.NaNs(4);
        Assert.Contains("Dropout.Forward: probability expects a number from 0 to 1", Refused(() => DropoutPrimitives.Forward(new float[4], probability, 1, 1, y)), StringComparison.Ordinal);
        Assert.Contains("Dropout.Backward: probability expects a number from 0 to 1", Refused(() => DropoutPrimitives.Backward(new float[4], probability, 1, 1, y)), StringComparison.Ordinal);
        TestTensors.AssertUntouched(y);
    }

    [Fact]
    public void Wrong_lengths_and_partial_overlap_are_refused_and_nothing_is_written()
    {
        float[] y = TestTensors.NaNs(5);
        Assert.Contains("Dropout.Forward: y expects 4 elements, received 5", Refused(() => DropoutPrimitives.Forward(new float[4], 0.5f, 1, 1, y)), StringComparison.Ordinal);
        Assert.Contains("Dropout.Backward: gradInput expects 4 elements, received 5", Refused(() => DropoutPrimitives.Backward(new float[4], 0.5f, 1, 1, y)), StringComparison.Ordinal);
        Refused(() => DropoutPrimitives.Forward(y.AsSpan(0, 4), 0.5f, 1, 1, y.AsSpan(1, 4)));
        TestTensors.AssertUntouched(y);
    }

    private static float[] Ones(int length, float probability, long seed, long step)
    {
        float[] values = new float[length];
        Array.Fill(values, 1);
        DropoutPrimitives.Forward(values, probability, seed, step, values);
        return values;
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class DropoutThreadTests
{
    [Fact]
    public void The_mask_has_the_same_bits_on_any_number_of_threads()
    {
        float[] x = TestTensors.Random(1, 70_001);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] y = TestTensors.NaNs(x.Length);
            DropoutPrimitives.Forward(x, 0.3f, 9, 4, y);
            return y;
        });
    }
}

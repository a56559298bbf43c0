using System.Runtime.InteropServices;
using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class MaxPool2dTests
{
    public static TheoryData<string> Names => PoolCases.NamesWithDilation;

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_cases_agree_with_the_plain_version(string name) => AssertAgrees(PoolCases.Get(name), name);

    [Fact]
    public void Random_cases_agree_with_the_plain_version()
    {
        foreach (Pool2dShape shape in PoolCases.Random(1, 60, isDilated: true))
        {
            AssertAgrees(shape, shape.ToString());
        }
    }

    [Fact]
    public void Rows_around_every_vector_agree_with_the_plain_version()
    {
        foreach (Pool2dShape shape in PoolCases.VectorBoundaries)
        {
            AssertAgrees(shape, shape.ToString());
        }
    }

    // One value that is no number in one place after another: the bodies that know numbers only must notice each.
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    public void A_single_NaN_or_infinity_is_noticed_anywhere(int window, int padding)
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 6, 38, window, 2, padding);
        float[] numbers = TestTensors.Random(1, shape.InputShape.Length);
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                float[] input = [.. numbers];
                input[i] = value;
                AssertAgrees(shape, input, $"{value} at {i}");
            }
        }
    }

    [Fact]
    public void The_plain_backward_agrees_with_finite_differences()
    {
        foreach (Pool2dShape shape in PoolCases.Random(2, 10, isDilated: true))
        {
            double[] input = DistinctValues(3, shape.InputShape.Length);
            double[] gradOutput = TestTensors.ToDouble(TestTensors.Random(4, shape.OutputShape.Length));
            double[] gradInput = MaxPool2dReference.Backward(shape, gradOutput, MaxPool2dReference.Forward(shape, input).Argmax);
            FiniteDifference.AssertMatches(values => MaxPool2dReference.Forward(shape, values).Output, input, gradOutput, gradInput);
        }
    }

    [Fact]
    public void The_first_of_equal_maxima_wins()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 2, 6, 2);
        (float[] output, int[] argmax) = Forward(shape, [1, 1, 0, 5, 3, 4, 1, 1, 5, 5, 4, 2]);
        Assert.Equal([1, 5, 4], output);
        Assert.Equal([0, 1, 1], argmax);
    }

    [Fact]
    public void NaN_is_the_maximum_and_the_last_one_is_the_argmax()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 2, 6, 2);
        (float[] output, int[] argmax) = Forward(shape, [float.NaN, 9, 1, 2, float.NaN, 1, 9, 9, 3, float.NaN, 7, float.NaN]);
        Assert.All(output, value => Assert.True(float.IsNaN(value)));
        Assert.Equal([0, 3, 3], argmax);
    }

    [Fact]
    public void A_window_of_negative_infinities_points_at_its_first_tap_on_the_image()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 2, 2, 3, 2, 1);
        float[] input = [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity];
        (float[] output, int[] argmax) = Forward(shape, input);
        Assert.Equal([float.NegativeInfinity], output);
        Assert.Equal([4], argmax);
    }

    [Fact]
    public void Padding_never_wins_over_negative_pixels()
    {
        (float[] output, _) = Forward(Pool2dShape.Create(1, 1, 2, 2, 2, 2, 1), [-1, -2, -3, -4]);
        Assert.Equal([-1, -2, -3, -4], output);
    }

    [Fact]
    public void Backward_adds_where_windows_overlap()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 3, 3, 2, 1);
        (_, int[] argmax) = Forward(shape, [0, 0, 0, 0, 9, 0, 0, 0, 0]);
        Assert.Equal([3, 2, 1, 0], argmax);
        Assert.Equal([0, 0, 0, 0, 15, 0, 0, 0, 0], Backward(shape, [1, 2, 4, 8], argmax));
    }

    [Fact]
    public void Wrong_lengths_are_refused_and_nothing_is_written()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 4, 4, 2);
        float[] output = TestTensors.NaNs(5);
        byte[] argmax = [77, 77, 77, 77];
        Assert.Contains("MaxPool2d.Forward: input expects 16 elements, received 15", Refused(() => MaxPool2dPrimitives.Forward(shape, new float[15], output.AsSpan(0, 4), argmax)), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Forward: output expects 4 elements, received 5", Refused(() => MaxPool2dPrimitives.Forward(shape, new float[16], output, argmax)), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Forward: output expects 4 elements, received 5", Refused(() => MaxPool2dPrimitives.Forward(shape, new float[16], output)), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Forward: argmax expects 4 elements, received 3", Refused(() => MaxPool2dPrimitives.Forward(shape, new float[16], output.AsSpan(0, 4), argmax.AsSpan(0, 3))), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Backward: gradOutput expects 4 elements, received 5", Refused(() => MaxPool2dPrimitives.Backward(shape, new float[5], argmax, output)), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Backward: argmax expects 4 elements, received 3", Refused(() => MaxPool2dPrimitives.Backward(shape, new float[4], argmax.AsSpan(0, 3), output)), StringComparison.Ordinal);
        Assert.Contains("MaxPool2d.Backward: gradInput expects 16 elements, received 5", Refused(() => MaxPool2dPrimitives.Backward(shape, new float[4], argmax, output)), StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
        Assert.All(argmax, tap => Assert.Equal(77, tap));
    }

    [Fact]
    public void Shared_memory_is_refused()
    {
        Pool2dShape shape = Pool2dShape.Create(1, 1, 4, 4, 2);
        float[] memory = TestTensors.NaNs(20);
        byte[] argmax = new byte[4];
        Refused(() => MaxPool2dPrimitives.Forward(shape, memory.AsSpan(0, 16), memory.AsSpan(0, 4), argmax));
        Refused(() => MaxPool2dPrimitives.Forward(shape, memory.AsSpan(0, 16), new float[4], MemoryMarshal.AsBytes(memory.AsSpan(15, 1))));
        Refused(() => MaxPool2dPrimitives.Forward(shape, new float[16], memory.AsSpan(0, 4), MemoryMarshal.AsBytes(memory.AsSpan(0, 1))));
        Refused(() => MaxPool2dPrimitives.Backward(shape, memory.AsSpan(0, 4), argmax, memory.AsSpan(3, 16)));
        Refused(() => MaxPool2dPrimitives.Backward(shape, new float[4], MemoryMarshal.AsBytes(memory.AsSpan(2, 1)), memory.AsSpan(0, 16)));
        TestTensors.AssertUntouched(memory);
    }

    [Theory]
    [InlineData("2x2 stride 2", 4, "received 4 at [1, 2, 3, 3]")]
    [InlineData("2x2 stride 2", 255, "received 255 at [1, 2, 3, 3]")]
    [InlineData("one pixel in padding", 8, "received 8 at [1, 2, 0, 0]")]
    [InlineData("one pixel in padding", 3, "received 3 at [1, 2, 0, 0]")]
    [InlineData("a window of 289 taps", -1, "received -1 at [1, 0, 7, 4]")]
    [InlineData("a window of 289 taps", 289, "received 289 at [1, 0, 7, 4]")]
    [InlineData("a window of 289 taps", 288, "received 288 at [1, 0, 7, 4]")]
    public void An_argmax_that_points_outside_is_refused_and_nothing_is_written(string name, int tap, string message)
    {
        Pool2dShape shape = PoolCases.Get(name);
        (_, int[] argmax) = Forward(shape, TestTensors.Random(1, shape.InputShape.Length));
        argmax[^1] = tap;
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        string received = Refused(() => MaxPool2dPrimitives.Backward(shape, new float[argmax.Length], Pack(shape, argmax), gradInput));
        Assert.StartsWith("MaxPool2d.Backward: argmax expects taps of a", received, StringComparison.Ordinal);
        Assert.Contains(message, received, StringComparison.Ordinal);
        TestTensors.AssertUntouched(gradInput);
    }

    internal static (float[] Output, int[] Argmax) Forward(Pool2dShape shape, float[] input)
    {
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        byte[] argmax = new byte[shape.ArgmaxLength];
        Array.Fill(argmax, byte.MaxValue);
        MaxPool2dPrimitives.Forward(shape, input, output, argmax);
        int[] taps = shape.ArgmaxSize == 1 ? [.. argmax.Select(tap => (int)tap)] : MemoryMarshal.Cast<byte, int>(argmax).ToArray();
        return (output, taps);
    }

    internal static float[] Backward(Pool2dShape shape, float[] gradOutput, int[] argmax)
    {
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        MaxPool2dPrimitives.Backward(shape, gradOutput, Pack(shape, argmax), gradInput);
        return gradInput;
    }

    private static void AssertAgrees(Pool2dShape shape, string context)
    {
        // Few different values, so that ties are common; the second input has a NaN in every third place.
        float[] input = [.. TestTensors.Random(1, shape.InputShape.Length, -4, 4).Select(value => MathF.Round(value))];
        AssertAgrees(shape, input, context);
        AssertAgrees(shape, [.. input.Select((value, i) => i % 3 == 0 ? float.NaN : value)], context);
    }

    private static void AssertAgrees(Pool2dShape shape, float[] input, string context)
    {
        (double[] expected, int[] expectedArgmax) = MaxPool2dReference.Forward(shape, TestTensors.ToDouble(input));
        (float[] output, int[] argmax) = Forward(shape, input);
        TestTensors.AssertClose(expected, output, 0, context);
        Assert.Equal(expectedArgmax, argmax);

        float[] withoutArgmax = TestTensors.NaNs(output.Length);
        MaxPool2dPrimitives.Forward(shape, input, withoutArgmax);
        TestTensors.AssertSameBits(output, withoutArgmax, context);

        float[] gradOutput = TestTensors.Random(2, output.Length);
        double[] expectedGradient = MaxPool2dReference.Backward(shape, TestTensors.ToDouble(gradOutput), argmax);
        TestTensors.AssertClose(expectedGradient, Backward(shape, gradOutput, argmax), 1e-6, context);
    }

    private static byte[] Pack(Pool2dShape shape, int[] argmax) =>
        shape.ArgmaxSize == 1 ? [.. argmax.Select(tap => (byte)tap)] : MemoryMarshal.AsBytes(argmax.AsSpan()).ToArray();

    private static double[] DistinctValues(long seed, int length)
    {
        double[] values = [.. Enumerable.Range(0, length).Select(i => i * 0.01)];
        new RandomSource(seed).Shuffle<double>(values);
        return values;
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class MaxPool2dThreadTests
{
    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(17, 1, 8)]
    public void Results_have_the_same_bits_on_any_number_of_threads(int window, int stride, int padding)
    {
        Pool2dShape shape = Pool2dShape.Create(2, 21, 30, 31, window, stride, padding);
        float[] input = TestTensors.Random(1, shape.InputShape.Length);
        float[] gradOutput = TestTensors.Random(2, shape.OutputShape.Length);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            (float[] output, int[] argmax) = MaxPool2dTests.Forward(shape, input);
            return [.. output, .. argmax.Select(tap => (float)tap), .. MaxPool2dTests.Backward(shape, gradOutput, argmax)];
        });
    }

    [Fact]
    public void The_first_bad_argmax_is_named_on_any_number_of_threads()
    {
        Pool2dShape shape = Pool2dShape.Create(2, 21, 30, 31, 2);
        byte[] argmax = new byte[shape.ArgmaxLength];
        argmax[5000] = 9;
        argmax[1000] = 8;
        argmax[8000] = 7;
        float[] gradInput = new float[shape.InputShape.Length];
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(
                () => MaxPool2dPrimitives.Backward(shape, new float[shape.OutputShape.Length], argmax, gradInput));
            Assert.Contains("received 8", refusal.Message, StringComparison.Ordinal);
            return gradInput;
        });
    }
}

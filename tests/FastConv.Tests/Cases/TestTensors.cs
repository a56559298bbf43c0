using FastConv.Randomness;

namespace FastConv.Tests.Cases;

/// <summary>Seeded inputs for tests, and comparisons that say where and how much two results differ.</summary>
internal static class TestTensors
{
    /// <summary>Lengths around every vector boundary (1, 4, 8, 16 lanes and a few of each).</summary>
    public static int[] VectorLengths { get; } = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100];

    /// <summary>Uniform in [low, high).</summary>
    public static float[] Random(long seed, int length, float low = -1, float high = 1)
    {
        var random = new RandomSource(seed);
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.NextSingle(low, high);
        }

        return values;
    }

    /// <summary>NaN everywhere: an output that must be overwritten, or must stay untouched.</summary>
    public static float[] NaNs(int length)
    {
        var values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }

    /// <summary>
    /// Each element differs by no more than tolerance * (its own magnitude + the root mean square of all), so that a small element
    /// among large ones is not held to more than the sums behind it can give. NaN matches NaN, an infinity itself.
    /// </summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance = 1e-5, string context = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = RootMeanSquare(expected);
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!IsClose(expected[i], actual[i], tolerance * (Math.Abs(expected[i]) + scale)))
            {
                wrong++;
                first = first < 0 ? i : first;
            }
        }

        Assert.True(
            wrong == 0,
            wrong == 0 ? null : $"{context}: {wrong} of {expected.Length} elements differ, the first at [{first}]: expected {expected[first]:G9}, actual {actual[first]:G9}, difference {actual[first] - expected[first]:G3}, allowed {tolerance * (Math.Abs(expected[first]) + scale):G3}.");
    }

    /// <summary>The same bits, NaN payloads included.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string context = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail($"{context}: element [{i}] of {expected.Length} has other bits: expected {expected[i]:G9}, actual {actual[i]:G9}.");
            }
        }
    }

    /// <summary>Every element is still the NaN that <see cref="NaNs"/> wrote.</summary>
    public static void AssertUntouched(ReadOnlySpan<float> values) => AssertSameBits(NaNs(values.Length), values, "an output that should be untouched");

    private static bool IsClose(double expected, double actual, double allowed) =>
        double.IsFinite(expected) ? Math.Abs(actual - expected) <= allowed : expected.Equals(actual);

    private static double RootMeanSquare(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                sum += value * value;
                count++;
            }
        }

        return count == 0 ? 0 : Math.Sqrt(sum / count);
    }
}

namespace FastConv.Fuzz.Shapes;

/// <summary>A primitive over any sizes: the input is the seed of what is drawn, and of the values.</summary>
/// <param name="name">Of the target.</param>
internal abstract class ShapeTarget(string name) : IFuzzTarget
{
    // What is computed twice, once by definition, stays this small; anything larger is refused, or only checked.
    protected const long MostProducts = 1 << 20;

    private static readonly int[] Extremes = [0, -1, int.MinValue, int.MaxValue, 1 << 16, 1 << 30, 46341, -7];

    public string Name => name;

    // Bands of windows may take 256 MB for each of three threads.
    public long MostBytes => 1 << 30;

    public IEnumerable<byte[]> Seeds(Random random) => [];

    public byte[] Next(IReadOnlyList<byte[]> corpus, Random random) => BitConverter.GetBytes(random.NextInt64());

    public string Run(byte[] input, string folder) => Run(new Random(BitConverter.ToInt64([.. input, .. new byte[8]]).GetHashCode()));

    public bool IsDocumented(Exception exception) => exception is ArgumentException;

    protected abstract string Run(Random random);

    /// <summary>From 1 to the largest, or now and then what nobody means.</summary>
    protected static int Size(Random random, int largest) => random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)] : 1 + random.Next(largest);

    /// <summary>The same from 0.</summary>
    protected static int SizeOrNone(Random random, int largest) => Size(random, largest + 1) is var size && size is > 0 and < 1 << 16 ? size - 1 : size;

    protected static float[] Values(Random random, int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.NextSingle() * 2 - 1;
        }

        return values;
    }

    protected static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>NaN everywhere: what must be overwritten, or, where the call is refused, must not be.</summary>
    protected static float[] Unwritten(int length)
    {
        float[] values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    /// <summary>A length that is right, or now and then is not.</summary>
    protected static int LengthFor(Random random, int right, ref bool isRight)
    {
        int length = random.Next(40) == 0 ? Math.Max(0, right + random.Next(-2, 3)) : right;
        isRight &= length == right;
        return length;
    }

    /// <summary>The same of a matrix; sizes that nobody means have a span of a few.</summary>
    protected static int MatrixLength(Random random, int rows, int columns, ref bool isRight)
    {
        long length = (long)rows * columns;
        if (length is >= 0 and <= MostProducts)
        {
            return LengthFor(random, (int)length, ref isRight);
        }

        isRight = false;
        return 7;
    }

    /// <summary>Runs what must be refused where lengths are wrong, with nothing written.</summary>
    protected static bool Ran(Action call, float[] output, bool mayRun)
    {
        try
        {
            call();
        }
        catch (ArgumentException) when (Array.TrueForAll(output, float.IsNaN))
        {
            return false;
        }
        catch (ArgumentException refused)
        {
            throw new FuzzFinding($"refused after something was written: {refused.Message}");
        }

        return mayRun ? true : throw new FuzzFinding("wrong lengths were taken");
    }

    protected static void AssertClose(string what, double[] expected, float[] actual)
    {
        double scale = Math.Sqrt(expected.Sum(value => value * value) / Math.Max(1, expected.Length));
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= 1e-4 * (1 + scale + Math.Abs(expected[i]))))
            {
                throw new FuzzFinding($"{what}: element {i} of {expected.Length} is {actual[i]:g9} instead of {expected[i]:g9}");
            }
        }
    }
}

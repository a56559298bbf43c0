using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Tests.Tensors;

public sealed class InitializersTests
{
    // [out 64, in 16, 3 x 5]: fan in 240, fan out 960.
    private const int FanIn = 16 * 15;
    private const int FanOut = 64 * 15;

    public static TheoryData<string, double> Deviations => new()
    {
        { "uniform", 2 / Math.Sqrt(12) },
        { "normal", 0.5 },
        { "xavier uniform", 2 * Math.Sqrt(2.0 / (FanIn + FanOut)) },
        { "xavier normal", 2 * Math.Sqrt(2.0 / (FanIn + FanOut)) },
        { "kaiming uniform", Math.Sqrt(2.0 / FanIn) },
        { "kaiming normal", Math.Sqrt(2.0 / FanIn) },
        { "kaiming normal, fan out, tanh", 5.0 / 3 / Math.Sqrt(FanOut) },
        { "kaiming uniform, slope", Math.Sqrt(2.0 / (1 + 5) / FanIn) },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Mean_deviation_and_bounds_are_the_papers(string name, double deviation)
    {
        Tensor tensor = Weight();
        Fill(name, tensor, new RandomSource(3));
        double mean = 0;
        double square = 0;
        float largest = 0;
        foreach (float value in tensor.Span)
        {
            mean += value;
            square += (double)value * value;
            largest = Math.Max(largest, MathF.Abs(value));
        }

        mean /= tensor.Length;
        double actual = Math.Sqrt(square / tensor.Length - mean * mean);

        // 15360 samples: the mean is within 4 standard errors, the deviation within 3 %.
        Assert.InRange(mean, -4 * deviation / Math.Sqrt(tensor.Length), 4 * deviation / Math.Sqrt(tensor.Length));
        Assert.InRange(actual, 0.97 * deviation, 1.03 * deviation);
        double bound = Math.Sqrt(3) * deviation;
        if (name.Contains("uniform", StringComparison.Ordinal))
        {
            Assert.InRange(largest, 0.99 * bound, 1.000001 * bound);
        }
        else
        {
            Assert.InRange(largest, 1.5 * bound, 4 * bound);
        }
    }

    [Theory]
    [MemberData(nameof(Deviations))]
    public void The_same_seed_gives_the_same_values_and_another_seed_others(string name, double deviation)
    {
        Assert.True(deviation > 0);
        Tensor first = Weight();
        Tensor second = Weight();
        Tensor third = Weight();
        Fill(name, first, new RandomSource(3));
        Fill(name, second, new RandomSource(3));
        Fill(name, third, new RandomSource(4));
        Assert.True(first.Span.SequenceEqual(second.Span));
        Assert.False(first.Span.SequenceEqual(third.Span));
    }

    [Fact]
    public void The_default_of_linear_and_convolution_is_one_by_root_of_fan_in()
    {
        Tensor tensor = Weight();
        Initializers.KaimingUniform(tensor, new RandomSource(1), Initializers.DefaultSlope);
        double bound = 1 / Math.Sqrt(FanIn);
        float largest = 0;
        foreach (float value in tensor.Span)
        {
            largest = Math.Max(largest, MathF.Abs(value));
        }

        Assert.InRange(largest, 0.99 * bound, 1.000001 * bound);
    }

    [Fact]
    public void Constant_fills_and_uniform_may_be_a_point()
    {
        Tensor tensor = Weight();
        Initializers.Constant(tensor, 0.25f);
        Assert.True(tensor.Span.IndexOfAnyExcept(0.25f) < 0);
        Initializers.Uniform(tensor, new RandomSource(1), 2, 2);
        Assert.True(tensor.Span.IndexOfAnyExcept(2f) < 0);
    }

    [Fact]
    public void Gains_are_pytorchs()
    {
        Assert.Equal(1, Initializers.Gain(Nonlinearity.Linear));
        Assert.Equal(1, Initializers.Gain(Nonlinearity.Sigmoid));
        Assert.Equal(5f / 3, Initializers.Gain(Nonlinearity.Tanh));
        Assert.Equal(Math.Sqrt(2), Initializers.Gain(Nonlinearity.ReLU), 6);
        Assert.Equal(Math.Sqrt(2 / 1.0001), Initializers.Gain(Nonlinearity.LeakyReLU), 6);
        Assert.Equal(Math.Sqrt(2.0 / 6), Initializers.Gain(Nonlinearity.LeakyReLU, MathF.Sqrt(5)), 6);
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused_and_nothing_is_written()
    {
        Tensor tensor = Weight();
        var random = new RandomSource(1);
        Refused(() => Initializers.Uniform(tensor, random, 1, 0));
        Refused(() => Initializers.Uniform(tensor, random, float.NaN, 1));
        Refused(() => Initializers.Uniform(tensor, random, -float.MaxValue, float.MaxValue));
        Refused(() => Initializers.Normal(tensor, random, 0, -1));
        Refused(() => Initializers.Normal(tensor, random, float.PositiveInfinity, 1));
        Refused(() => Initializers.XavierNormal(tensor, random, float.NaN));
        Refused(() => Initializers.XavierUniform(tensor, random, -1));
        Refused(() => Initializers.KaimingNormal(tensor, random, float.NaN));
        Refused(() => Initializers.KaimingNormal(tensor, random, 0, (FanMode)7));
        Refused(() => Initializers.KaimingNormal(tensor, random, 0, FanMode.FanIn, (Nonlinearity)77));
        Refused(() => Initializers.Gain(Nonlinearity.LeakyReLU, float.NaN));
        Assert.True(tensor.Span.IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void Fans_need_two_axes()
    {
        string message = Refused(() => Initializers.XavierUniform(new Tensor(8), new RandomSource(1)));
        Assert.Contains("at least two axes, received [8]", message, StringComparison.Ordinal);
    }

    private static Tensor Weight() => new(64, 16, 3, 5);

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static void Fill(string name, Tensor tensor, RandomSource random)
    {
        switch (name)
        {
            case "uniform": Initializers.Uniform(tensor, random, -1, 1); break;
            case "normal": Initializers.Normal(tensor, random, 0, 0.5f); break;
            case "xavier uniform": Initializers.XavierUniform(tensor, random, 2); break;
            case "xavier normal": Initializers.XavierNormal(tensor, random, 2); break;
            case "kaiming uniform": Initializers.KaimingUniform(tensor, random); break;
            case "kaiming normal": Initializers.KaimingNormal(tensor, random); break;
            case "kaiming normal, fan out, tanh": Initializers.KaimingNormal(tensor, random, 0, FanMode.FanOut, Nonlinearity.Tanh); break;
            case "kaiming uniform, slope": Initializers.KaimingUniform(tensor, random, MathF.Sqrt(5)); break;
            default: throw new ArgumentException(name);
        }
    }
}

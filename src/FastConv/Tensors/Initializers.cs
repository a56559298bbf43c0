using FastConv.Randomness;

namespace FastConv.Tensors;

/// <summary>
/// Starting values, filled in place. Weights are [out, in / groups, ...window]: fan in is the product of all axes but the first, fan out
/// that of all but the second. Source: https://pytorch.org/docs/stable/nn.init.html
/// </summary>
public static class Initializers
{
    /// <summary>The slope with which <see cref="KaimingUniform"/> gives PyTorch's default for Conv2d and Linear: U(+-1 / sqrt(fan in)).</summary>
    internal static readonly float DefaultSlope = MathF.Sqrt(5);

    /// <summary>Every element <paramref name="value"/>.</summary>
    public static void Constant(Tensor tensor, float value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Span.Fill(value);
    }

    /// <summary>Uniform from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or low is above high.</exception>
    public static void Uniform(Tensor tensor, RandomSource random, float low = 0, float high = 1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfNotFinite(low, nameof(low));
        ThrowIfNotFinite(high, nameof(high));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        ThrowIfNotFinite(high - low, nameof(high));
        foreach (ref float value in tensor.Span)
        {
            value = random.NextSingle(low, high);
        }
    }

    /// <summary>Normal with the given mean and standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the deviation is negative.</exception>
    public static void Normal(Tensor tensor, RandomSource random, float mean = 0, float deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfNotFinite(mean, nameof(mean));
        ThrowIfNotFinite(deviation, nameof(deviation));
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        foreach (ref float value in tensor.Span)
        {
            value = mean + deviation * random.NextNormal();
        }
    }

    /// <summary>Uniform with the variance gain^2 / fan: U(+-gain * sqrt(3 / fan)).</summary>
    /// <param name="tensor">A weight of at least two axes.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="slope">Of the leaky ReLU that follows; read only for <see cref="Nonlinearity.LeakyReLU"/>.</param>
    /// <param name="mode">Which fan.</param>
    /// <param name="nonlinearity">What follows; with the default and slope 0, a ReLU.</param>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes, or the slope is not finite.</exception>
    public static void KaimingUniform(
        Tensor tensor,
        RandomSource random,
        float slope = 0,
        FanMode mode = FanMode.FanIn,
        Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
    {
        float bound = MathF.Sqrt(3) * KaimingDeviation(tensor, slope, mode, nonlinearity);
        Uniform(tensor, random, -bound, bound);
    }

    /// <summary>Normal with the variance gain^2 / fan. Source: He et al., "Delving deep into rectifiers" (ICCV 2015).</summary>
    /// <param name="tensor">A weight of at least two axes.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="slope">Of the leaky ReLU that follows; read only for <see cref="Nonlinearity.LeakyReLU"/>.</param>
    /// <param name="mode">Which fan.</param>
    /// <param name="nonlinearity">What follows; with the default and slope 0, a ReLU.</param>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes, or the slope is not finite.</exception>
    public static void KaimingNormal(
        Tensor tensor,
        RandomSource random,
        float slope = 0,
        FanMode mode = FanMode.FanIn,
        Nonlinearity nonlinearity = Nonlinearity.LeakyReLU) =>
        Normal(tensor, random, 0, KaimingDeviation(tensor, slope, mode, nonlinearity));

    /// <summary>Uniform with the variance 2 gain^2 / (fan in + fan out).</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes, or the gain is negative or not finite.</exception>
    public static void XavierUniform(Tensor tensor, RandomSource random, float gain = 1)
    {
        float bound = MathF.Sqrt(3) * XavierDeviation(tensor, gain);
        Uniform(tensor, random, -bound, bound);
    }

    /// <summary>
    /// Normal with the variance 2 gain^2 / (fan in + fan out). Source: Glorot, Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks" (AISTATS 2010).
    /// </summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes, or the gain is negative or not finite.</exception>
    public static void XavierNormal(Tensor tensor, RandomSource random, float gain = 1) =>
        Normal(tensor, random, 0, XavierDeviation(tensor, gain));

    /// <summary>The factor that keeps the variance through a nonlinearity.</summary>
    /// <param name="nonlinearity">What follows the weight.</param>
    /// <param name="slope">Of a leaky ReLU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The nonlinearity is not one of the listed, or the slope is not finite.</exception>
    public static float Gain(Nonlinearity nonlinearity, float slope = 0.01f)
    {
        ThrowIfNotFinite(slope, nameof(slope));
        return nonlinearity switch
        {
            Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
            Nonlinearity.Tanh => 5f / 3,
            Nonlinearity.ReLU => MathF.Sqrt(2),
            Nonlinearity.LeakyReLU => MathF.Sqrt(2 / (1 + slope * slope)),
            _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity), $"there is no gain for {nonlinearity}."),
        };
    }

    private static float KaimingDeviation(Tensor tensor, float slope, FanMode mode, Nonlinearity nonlinearity)
    {
        (double fanIn, double fanOut) = Fans(tensor);
        double fan = mode switch
        {
            FanMode.FanIn => fanIn,
            FanMode.FanOut => fanOut,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), $"there is no fan {mode}."),
        };
        return (float)(Gain(nonlinearity, slope) / Math.Sqrt(fan));
    }

    private static float XavierDeviation(Tensor tensor, float gain)
    {
        (double fanIn, double fanOut) = Fans(tensor);
        ThrowIfNotFinite(gain, nameof(gain));
        ArgumentOutOfRangeException.ThrowIfNegative(gain);
        return (float)(gain * Math.Sqrt(2 / (fanIn + fanOut)));
    }

    private static (double FanIn, double FanOut) Fans(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape.Rank >= 2
            ? ((double)tensor.Length / tensor.Shape[0], (double)tensor.Length / tensor.Shape[1])
            : throw new ArgumentException($"fans are defined for weights of at least two axes, received {tensor.Shape}.", nameof(tensor));
    }

    private static void ThrowIfNotFinite(float value, string name)
    {
        if (!float.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, $"{name} expects a finite number, received {value}.");
        }
    }
}

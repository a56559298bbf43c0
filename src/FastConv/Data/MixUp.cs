using System.Numerics.Tensors;
using FastConv.Memory;
using FastConv.Randomness;
using Tensor = FastConv.Tensors.Tensor;

namespace FastConv.Data;

/// <summary>
/// Every sample of a batch becomes lambda times itself plus 1 - lambda times the sample before it (the first takes the last), and so do the one-hot rows
/// of their classes: <see cref="Batch.SoftTargets"/>. One lambda a batch, from Beta(alpha, alpha).
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.MixUp.html
/// </summary>
public sealed class MixUp
{
    private const double LeastAlpha = 1e-6;

    /// <param name="alpha">Near 0 a batch stays almost as it is; 1 makes every lambda as likely.</param>
    /// <exception cref="ArgumentOutOfRangeException">An alpha that is not finite or below 1e-6.</exception>
    public MixUp(double alpha = 1)
    {
        if (!double.IsFinite(alpha) || alpha < LeastAlpha)
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), $"MixUp: expected a finite alpha of at least {LeastAlpha}, received {alpha}.");
        }

        Alpha = alpha;
    }

    /// <summary>Both parameters of the distribution of lambda.</summary>
    public double Alpha { get; }

    /// <summary>Mixes a batch; lambda is a pure function of the numbers' place.</summary>
    internal void Apply(Tensor images, ReadOnlySpan<int> labels, Tensor softTargets, RandomSource random)
    {
        int count = labels.Length;
        int classes = softTargets.Length / count;
        Span<float> targets = softTargets.Span;
        targets.Clear();
        for (int row = 0; row < count; row++)
        {
            targets[row * classes + labels[row]] = 1;
        }

        float lambda = (float)DrawLambda(random);
        Mix(images.Span, count, lambda);
        Mix(targets, count, lambda);
    }

    // From the last row up, so that the row before is still as it was; the first one's partner is kept aside.
    private static void Mix(Span<float> rows, int count, float lambda)
    {
        int length = rows.Length / count;
        AlignedBuffer kept = BufferPool.Rent(length);
        try
        {
            Span<float> last = kept.Span[..length];
            rows[^length..].CopyTo(last);
            for (int row = count - 1; row >= 0; row--)
            {
                Span<float> own = rows.Slice(row * length, length);
                TensorPrimitives.Multiply(own, lambda, own);
                TensorPrimitives.MultiplyAdd(row == 0 ? last : rows.Slice((row - 1) * length, length), 1 - lambda, own, own);
            }
        }
        finally
        {
            BufferPool.Return(kept);
        }
    }

    // X / (X + Y) of two gamma variates, by their logarithms, since a small alpha makes them underflow.
    private double DrawLambda(RandomSource random)
    {
        double first = DrawLogGamma(random);
        return 1 / (1 + Math.Exp(DrawLogGamma(random) - first));
    }

    // Marsaglia and Tsang, "A simple method for generating gamma variables" (ACM TOMS 26, 2000): for alpha + 1, brought down to alpha by U^(1 / alpha).
    private double DrawLogGamma(RandomSource random)
    {
        double d = Alpha + 1 - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal();
            double v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(Uniform(random)) < x * x / 2 + d - d * v + d * Math.Log(v))
            {
                return Math.Log(d * v) + Math.Log(Uniform(random)) / Alpha;
            }
        }
    }

    // In (0, 1): a logarithm is taken of it.
    private static double Uniform(RandomSource random) => (random.NextUInt32() + 0.5) / 4294967296.0;
}

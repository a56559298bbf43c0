using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Left becomes right, for some samples.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.RandomHorizontalFlip.html
/// </summary>
public sealed class RandomHorizontalFlip : ITransform
{
    private readonly double _probability;

    /// <param name="probability">Of a flip; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability outside of [0, 1].</exception>
    public RandomHorizontalFlip(double probability = 0.5)
    {
        if (probability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), $"RandomHorizontalFlip: expected a probability in [0, 1], received {probability}.");
        }

        _probability = probability;
    }

    /// <inheritdoc/>
    public TensorShape OutputShape(TensorShape input)
    {
        _ = ImagePlanes.Of(input, nameof(RandomHorizontalFlip));
        return input;
    }

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _ = OutputShape(shape);
        ImagePlanes.RequireSpans(nameof(RandomHorizontalFlip), shape.Length, image, shape.Length, result);
        image.CopyTo(result);
        if (random.NextSingle() < _probability)
        {
            int width = shape[^1];
            for (int start = 0; start < result.Length; start += width)
            {
                result.Slice(start, width).Reverse();
            }
        }
    }
}

using System.Numerics.Tensors;
using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// (value - mean) / standard deviation, with one pair for all values or one a channel.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.Normalize.html
/// </summary>
public sealed class Normalize : ITransform
{
    private readonly DatasetStatistics _statistics;

    /// <param name="statistics">Those of the training data: <see cref="DatasetStatistics.Measure"/>.</param>
    /// <exception cref="ArgumentException">A standard deviation of 0.</exception>
    public Normalize(DatasetStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (statistics.StandardDeviation.Contains(0))
        {
            throw new ArgumentException("Normalize: expected standard deviations above 0, received 0.", nameof(statistics));
        }

        _statistics = statistics;
    }

    /// <summary>The shape itself.</summary>
    /// <param name="input">Its first axis is the channels.</param>
    /// <exception cref="ArgumentException">Neither one pair nor one a channel.</exception>
    public TensorShape OutputShape(TensorShape input)
    {
        int pairs = _statistics.Mean.Length;
        return pairs == 1 || (input.Rank > 0 && pairs == input[0])
            ? input
            : throw new ArgumentException($"Normalize: for samples {input} expected 1 mean or one a channel, received {pairs}.", nameof(input));
    }

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        _ = OutputShape(shape);
        ImagePlanes.RequireSpans(nameof(Normalize), shape.Length, image, shape.Length, result);
        Apply(image, result);
    }

    /// <summary>The same without what it does not need; both spans may be one.</summary>
    internal void Apply(ReadOnlySpan<float> image, Span<float> result)
    {
        int plane = image.Length / _statistics.Mean.Length;
        for (int channel = 0; channel < _statistics.Mean.Length; channel++)
        {
            Span<float> values = result.Slice(channel * plane, plane);
            TensorPrimitives.Subtract(image.Slice(channel * plane, plane), _statistics.Mean[channel], values);
            TensorPrimitives.Divide(values, _statistics.StandardDeviation[channel], values);
        }
    }
}

using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// A square of every image is blanked out, around a pixel chosen at random; what would lie outside of the image is cut off.
/// Source: DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout" (arXiv:1708.04552).
/// </summary>
public sealed class Cutout : ITransform
{
    private readonly int _size;
    private readonly float _fill;

    /// <param name="size">Height and width of the square.</param>
    /// <param name="fill">Its value; 0 is the mean where samples are normalised before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public Cutout(int size, float fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _size = size;
        _fill = fill;
    }

    /// <inheritdoc/>
    public TensorShape OutputShape(TensorShape input)
    {
        _ = ImagePlanes.Of(input, nameof(Cutout));
        return input;
    }

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var planes = ImagePlanes.Of(shape, nameof(Cutout));
        ImagePlanes.RequireSpans(nameof(Cutout), shape.Length, image, shape.Length, result);
        image.CopyTo(result);
        (int top, int bottom) = Side(random.NextInt(planes.Height), planes.Height);
        (int left, int right) = Side(random.NextInt(planes.Width), planes.Width);
        for (int c = 0; c < planes.Channels; c++)
        {
            for (int h = top; h < bottom; h++)
            {
                result.Slice((c * planes.Height + h) * planes.Width + left, right - left).Fill(_fill);
            }
        }
    }

    private (int Start, int End) Side(int middle, int length)
    {
        int start = middle - _size / 2;
        return (Math.Max(start, 0), (int)Math.Min((long)start + _size, length));
    }
}

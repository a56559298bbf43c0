using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// A window at a random place, of the image or of the image with a border around it (pad and crop).
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.RandomCrop.html
/// </summary>
public sealed class RandomCrop : ITransform
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _padding;
    private readonly float _fill;

    /// <param name="height">Of the result.</param>
    /// <param name="width">Of the result.</param>
    /// <param name="padding">Pixels of border on every side.</param>
    /// <param name="fill">The border's value, in the unit of the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a negative padding.</exception>
    public RandomCrop(int height, int width, int padding = 0, float fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        _height = height;
        _width = width;
        _padding = padding;
        _fill = fill;
    }

    /// <summary>[channels, height, width] of the window.</summary>
    /// <param name="input">An image.</param>
    /// <exception cref="ArgumentException">No image, or one that is smaller than the window, border included.</exception>
    public TensorShape OutputShape(TensorShape input)
    {
        var planes = ImagePlanes.Of(input, nameof(RandomCrop));
        RequireFit(input, planes);
        return [planes.Channels, _height, _width];
    }

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var planes = ImagePlanes.Of(shape, nameof(RandomCrop), image, _height, _width, result);
        RequireFit(shape, planes);
        int top = random.NextInt((int)Places(planes.Height, _height)) - _padding;
        int left = random.NextInt((int)Places(planes.Width, _width)) - _padding;
        planes.CopyWindow(image, top, left, _height, _width, _fill, result);
    }

    private void RequireFit(TensorShape input, ImagePlanes planes)
    {
        if (Places(planes.Height, _height) is < 1 or > int.MaxValue || Places(planes.Width, _width) is < 1 or > int.MaxValue)
        {
            throw new ArgumentException(
                $"RandomCrop: expected samples of at least {_height} x {_width} with a border of {_padding}, received {input}.", nameof(input));
        }
    }

    private long Places(int size, int crop) => size + 2L * _padding - crop + 1;
}

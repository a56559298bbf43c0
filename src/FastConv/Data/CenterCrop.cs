using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// The middle of an image; one that is smaller gets a border of zeros.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.CenterCrop.html
/// </summary>
public sealed class CenterCrop : ITransform
{
    private readonly int _height;
    private readonly int _width;

    /// <param name="height">Of the result, at least 1.</param>
    /// <param name="width">Of the result, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public CenterCrop(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _height = height;
        _width = width;
    }

    /// <inheritdoc/>
    public TensorShape OutputShape(TensorShape input) => [ImagePlanes.Of(input, nameof(CenterCrop)).Channels, _height, _width];

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        var planes = ImagePlanes.Of(shape, nameof(CenterCrop), image, _height, _width, result);
        planes.CopyWindow(image, Before(planes.Height, _height), Before(planes.Width, _width), _height, _width, fill: 0, result);
    }

    // Half a pixel goes to the even neighbour, as Python rounds; of a border, the odd pixel comes after the image.
    private static int Before(int size, int crop) => crop > size ? -((crop - size) / 2) : (int)Math.Round((size - crop) / 2.0);
}

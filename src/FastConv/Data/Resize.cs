using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// The whole image in another size, stretched where the sides' ratio differs: <see cref="BilinearResize"/>.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.Resize.html
/// </summary>
public sealed class Resize : ITransform
{
    private readonly int _height;
    private readonly int _width;

    /// <param name="height">Of the result.</param>
    /// <param name="width">Of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _height = height;
        _width = width;
    }

    /// <inheritdoc/>
    public TensorShape OutputShape(TensorShape input) => [ImagePlanes.Of(input, nameof(Resize)).Channels, _height, _width];

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        var planes = ImagePlanes.Of(shape, nameof(Resize), image, _height, _width, result);
        BilinearResize.Apply(planes.Channels, planes.Height, planes.Width, image, _height, _width, result);
    }
}

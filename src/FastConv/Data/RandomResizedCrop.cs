using FastConv.Memory;
using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// A window of random area, sides' ratio and place, brought to one size.
/// Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.v2.RandomResizedCrop.html
/// </summary>
public sealed class RandomResizedCrop : ITransform
{
    private const int Attempts = 10;

    private readonly int _height;
    private readonly int _width;
    private readonly float _minScale;
    private readonly float _maxScale;
    private readonly float _minRatio;
    private readonly float _maxRatio;

    /// <param name="height">Of the result.</param>
    /// <param name="width">Of the result.</param>
    /// <param name="minScale">The least share of the image's area that a window has.</param>
    /// <param name="maxScale">The largest.</param>
    /// <param name="minRatio">The least width over height.</param>
    /// <param name="maxRatio">The largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, a scale that is not in (0, 1], a ratio that is not above 0, or a least above its largest.</exception>
    public RandomResizedCrop(int height, int width, float minScale = 0.08f, float maxScale = 1, float minRatio = 3f / 4, float maxRatio = 4f / 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minScale), $"RandomResizedCrop: expected scales 0 < least <= largest <= 1, received {minScale} and {maxScale}.");
        }

        if (!(minRatio > 0 && minRatio <= maxRatio && float.IsFinite(maxRatio)))
        {
            throw new ArgumentOutOfRangeException(nameof(minRatio), $"RandomResizedCrop: expected ratios 0 < least <= largest, received {minRatio} and {maxRatio}.");
        }

        _height = height;
        _width = width;
        _minScale = minScale;
        _maxScale = maxScale;
        _minRatio = minRatio;
        _maxRatio = maxRatio;
    }

    /// <inheritdoc/>
    public TensorShape OutputShape(TensorShape input) => [ImagePlanes.Of(input, nameof(RandomResizedCrop)).Channels, _height, _width];

    /// <inheritdoc/>
    public void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var planes = ImagePlanes.Of(shape, nameof(RandomResizedCrop), image, _height, _width, result);
        (int top, int left, int height, int width) = Choose(planes, random);
        int length = planes.Channels * height * width;
        AlignedBuffer window = BufferPool.Rent(length);
        try
        {
            planes.CopyWindow(image, top, left, height, width, fill: 0, window.Span);
            BilinearResize.Apply(planes.Channels, height, width, window.Span[..length], _height, _width, result);
        }
        finally
        {
            BufferPool.Return(window);
        }
    }

    // After ten windows that do not fit, the largest in the middle whose ratio is allowed.
    private (int Top, int Left, int Height, int Width) Choose(ImagePlanes planes, RandomSource random)
    {
        double area = (double)planes.Height * planes.Width;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double part = area * random.NextSingle(_minScale, _maxScale);
            double ratio = Math.Exp(random.NextSingle(MathF.Log(_minRatio), MathF.Log(_maxRatio)));
            double across = Math.Round(Math.Sqrt(part * ratio));
            double down = Math.Round(Math.Sqrt(part / ratio));
            if (across >= 1 && across <= planes.Width && down >= 1 && down <= planes.Height)
            {
                int top = random.NextInt(planes.Height - (int)down + 1);
                return (top, random.NextInt(planes.Width - (int)across + 1), (int)down, (int)across);
            }
        }

        double own = (double)planes.Width / planes.Height;
        int width = own > _maxRatio ? Math.Max(1, (int)Math.Round(planes.Height * (double)_maxRatio)) : planes.Width;
        int height = own < _minRatio ? Math.Max(1, (int)Math.Round(planes.Width / (double)_minRatio)) : planes.Height;
        return ((planes.Height - height) / 2, (planes.Width - width) / 2, height, width);
    }
}

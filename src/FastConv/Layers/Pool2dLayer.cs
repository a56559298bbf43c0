using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>What the pooling layers share: a window over images [batch, channels, height, width].</summary>
public abstract class Pool2dLayer : LeafLayer
{
    private readonly Window2d _window;
    private readonly PerShape<Pool2dShape> _shapes = new();

    private protected Pool2dLayer(Size2d kernelSize, Size2d? stride, Padding padding, Size2d dilation, bool exactFit)
    {
        _window = new Window2d(GetType().Name, kernelSize, stride ?? kernelSize, padding, dilation);
        if ((long)kernelSize.Height * kernelSize.Width > Pool2dShape.MaxWindowLength)
        {
            throw Refuse($"kernelSize expects at most {Pool2dShape.MaxWindowLength} taps, received {kernelSize}");
        }

        ExactFit = exactFit;
    }

    /// <summary>Taps of the window.</summary>
    public Size2d KernelSize => _window.Size;

    /// <summary>Pixels from window to window.</summary>
    public Size2d Stride => _window.Stride;

    /// <summary>What is added around the image.</summary>
    public Padding Padding => _window.Padding;

    /// <summary>Pixels from tap to tap.</summary>
    public Size2d Dilation => _window.Dilation;

    /// <summary>Whether images are refused whose last pixels no window reaches; otherwise they are left out, as in PyTorch.</summary>
    public bool ExactFit { get; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => ShapeFor(inputShape).OutputShape;

    private protected Pool2dShape ShapeFor(TensorShape inputShape) =>
        _shapes.TryFind(inputShape, out Pool2dShape? known) ? known : MakeShape(inputShape);

    private Pool2dShape MakeShape(TensorShape inputShape)
    {
        if (inputShape.Rank != 4)
        {
            throw Refuse($"expects [batch, channels, height, width], input is {inputShape}");
        }

        Pool2dShape shape;
        try
        {
            shape = Pool2dShape.Create(
                inputShape[0], inputShape[1], inputShape[2], inputShape[3], _window.Size, _window.Stride, _window.Padding, _window.Dilation);
        }
        catch (ArgumentException unfit)
        {
            throw Refuse(inputShape, unfit);
        }

        return !ExactFit || (shape.Vertical.FitsExactly && shape.Horizontal.FitsExactly)
            ? _shapes.Keep(inputShape, shape)
            : throw Refuse(
                $"an exact fit expects windows of {KernelSize}, {Stride} apart with padding {Padding}, to end where the image ends, input is {inputShape}");
    }
}

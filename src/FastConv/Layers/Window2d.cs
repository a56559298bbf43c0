using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>A window as a layer is given it, before there is an image; sizes are checked here, what depends on the image in the shapes.</summary>
internal readonly record struct Window2d
{
    public Window2d(string layer, Size2d size, Size2d stride, Padding padding, Size2d dilation)
    {
        AtLeast(1, layer, "kernelSize", size.Height, size.Width);
        AtLeast(1, layer, nameof(stride), stride.Height, stride.Width);
        AtLeast(1, layer, nameof(dilation), dilation.Height, dilation.Width);
        AtLeast(0, layer, nameof(padding), Math.Min(padding.Top, padding.Bottom), Math.Min(padding.Left, padding.Right));
        Size = size;
        Stride = stride;
        Padding = padding;
        Dilation = dilation;
    }

    public Size2d Size { get; }

    public Size2d Stride { get; }

    public Padding Padding { get; }

    public Size2d Dilation { get; }

    private static void AtLeast(int smallest, string layer, string name, int height, int width)
    {
        if (height < smallest || width < smallest)
        {
            throw new ArgumentOutOfRangeException(name, $"{layer}: {name} expects at least {smallest}, received {height}x{width}.");
        }
    }
}

using FastConv.Shapes;

namespace FastConv.Tests.Reference;

/// <summary>
/// Windows laid out as columns by definition: columns[n, (c, kh, kw), (oh, ow)] = x[n, c, oh * stride - padding + kh * dilation, ...], zero
/// where that is padding; and the adjoint, which adds every column element to its pixel.
/// </summary>
internal static class Im2ColReference
{
    public static double[] Im2Col(Conv2dShape shape, double[] input)
    {
        var columns = new double[LengthOf(shape)];
        ForEachPixel(shape, (column, pixel) => columns[column] = input[pixel]);
        return columns;
    }

    public static double[] Col2Im(Conv2dShape shape, double[] columns)
    {
        var gradInput = new double[shape.InputShape.Length];
        ForEachPixel(shape, (column, pixel) => gradInput[pixel] += columns[column]);
        return gradInput;
    }

    public static int LengthOf(Conv2dShape shape) =>
        shape.Batch * shape.InChannels * shape.Vertical.Window * shape.Horizontal.Window * shape.Vertical.Output * shape.Horizontal.Output;

    // The offsets of every column element that is not padding, and of its pixel.
    private static void ForEachPixel(Conv2dShape shape, Action<int, int> pair)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        int column = 0;
        for (int plane = 0; plane < shape.Batch * shape.InChannels; plane++)
        {
            for (int tap = 0; tap < vertical.Window * horizontal.Window; tap++)
            {
                for (int window = 0; window < vertical.Output * horizontal.Output; window++)
                {
                    int ih = window / horizontal.Output * vertical.Stride - vertical.PaddingBefore + tap / horizontal.Window * vertical.Dilation;
                    int iw = window % horizontal.Output * horizontal.Stride - horizontal.PaddingBefore + tap % horizontal.Window * horizontal.Dilation;
                    if (ih >= 0 && ih < vertical.Input && iw >= 0 && iw < horizontal.Input)
                    {
                        pair(column, (plane * vertical.Input + ih) * horizontal.Input + iw);
                    }

                    column++;
                }
            }
        }
    }
}

using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Windows as columns [n, (c, kh, kw), (oh, ow)], and the sums of columns as images, pixel by pixel.</summary>
internal static class ScalarColumns
{
    public static void Im2Col(Conv2dShape shape, ReadOnlySpan<float> input, Span<float> columns)
    {
        int column = 0;
        for (int plane = 0; plane < shape.Batch * shape.InChannels; plane++)
        {
            for (int tap = 0; tap < shape.Vertical.Window * shape.Horizontal.Window; tap++)
            {
                for (int pixel = 0; pixel < shape.OutputPlane; pixel++)
                {
                    int place = PlaceOf(shape, plane, tap, pixel);
                    columns[column++] = place < 0 ? 0 : input[place];
                }
            }
        }
    }

    public static void Col2Im(Conv2dShape shape, ReadOnlySpan<float> columns, Span<float> gradInput)
    {
        gradInput.Clear();
        int column = 0;
        for (int plane = 0; plane < shape.Batch * shape.InChannels; plane++)
        {
            for (int tap = 0; tap < shape.Vertical.Window * shape.Horizontal.Window; tap++)
            {
                for (int pixel = 0; pixel < shape.OutputPlane; pixel++, column++)
                {
                    int place = PlaceOf(shape, plane, tap, pixel);
                    if (place >= 0)
                    {
                        gradInput[place] += columns[column];
                    }
                }
            }
        }
    }

    // -1 in the padding.
    private static int PlaceOf(Conv2dShape shape, int plane, int tap, int pixel)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        int ih = vertical.InputOf(pixel / horizontal.Output, tap / horizontal.Window);
        int iw = horizontal.InputOf(pixel % horizontal.Output, tap % horizontal.Window);
        bool isInside = (uint)ih < (uint)vertical.Input && (uint)iw < (uint)horizontal.Input;
        return isInside ? (plane * vertical.Input + ih) * horizontal.Input + iw : -1;
    }
}

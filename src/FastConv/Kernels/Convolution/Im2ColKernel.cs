using System.Diagnostics;
using FastConv.Shapes;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Lays every window of an image out as one column: columns[(c, kh, kw), (oh, ow)] = image[c, oh * stride - padding + kh * dilation, ...],
/// zero where that is padding. Works on a range of output rows, so that a caller can keep the columns in cache.
/// </summary>
internal static unsafe class Im2ColKernel
{
    /// <param name="vertical">The window along the height.</param>
    /// <param name="horizontal">The window along the width.</param>
    /// <param name="channels">Planes of the image.</param>
    /// <param name="firstRow">First output row.</param>
    /// <param name="endRow">Output row after the last.</param>
    /// <param name="image">[channels, height, width].</param>
    /// <param name="columns">[channels * kernel height * kernel width, (endRow - firstRow) * output width]; overwritten.</param>
    public static void Copy(WindowAxis vertical, WindowAxis horizontal, int channels, int firstRow, int endRow, float* image, float* columns)
    {
        Debug.Assert(firstRow >= 0 && firstRow < endRow && endRow <= vertical.Output);
        nint plane = (nint)vertical.Input * horizontal.Input;
        for (int c = 0; c < channels; c++)
        {
            for (int kh = 0; kh < vertical.Window; kh++)
            {
                for (int kw = 0; kw < horizontal.Window; kw++)
                {
                    for (int oh = firstRow; oh < endRow; oh++)
                    {
                        var row = new Span<float>(columns, horizontal.Output);
                        int ih = vertical.InputOf(oh, kh);
                        if ((uint)ih < (uint)vertical.Input)
                        {
                            CopyRow(horizontal, kw, image + (nint)ih * horizontal.Input, row);
                        }
                        else
                        {
                            row.Clear();
                        }

                        columns += horizontal.Output;
                    }
                }
            }

            image += plane;
        }
    }

    private static void CopyRow(WindowAxis horizontal, int kw, float* imageRow, Span<float> row)
    {
        (int first, int end) = horizontal.OutputsInside(kw);
        row[..first].Clear();
        row[end..].Clear();
        if (first == end)
        {
            return;
        }

        float* source = imageRow + horizontal.InputOf(first, kw);
        if (horizontal.Stride == 1)
        {
            new ReadOnlySpan<float>(source, end - first).CopyTo(row[first..]);
            return;
        }

        for (int ow = first; ow < end; ow++)
        {
            row[ow] = *source;
            source += horizontal.Stride;
        }
    }
}

using System.Diagnostics;
using System.Numerics.Tensors;
using FastConv.Shapes;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The adjoint of <see cref="Im2ColKernel"/>: adds every element of the columns to the pixel that it was copied from. Pixels under
/// several windows get several addends, in the order (kh, kw, oh).
/// </summary>
internal static unsafe class Col2ImKernel
{
    /// <param name="vertical">The window along the height.</param>
    /// <param name="horizontal">The window along the width.</param>
    /// <param name="channels">Planes of the image.</param>
    /// <param name="firstRow">First output row.</param>
    /// <param name="endRow">Output row after the last.</param>
    /// <param name="columns">[channels * kernel height * kernel width, (endRow - firstRow) * output width].</param>
    /// <param name="image">[channels, height, width]; added to.</param>
    public static void Add(WindowAxis vertical, WindowAxis horizontal, int channels, int firstRow, int endRow, float* columns, float* image)
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
                        int ih = vertical.InputOf(oh, kh);
                        if ((uint)ih < (uint)vertical.Input)
                        {
                            AddRow(horizontal, kw, new ReadOnlySpan<float>(columns, horizontal.Output), image + (nint)ih * horizontal.Input);
                        }

                        columns += horizontal.Output;
                    }
                }
            }

            image += plane;
        }
    }

    private static void AddRow(WindowAxis horizontal, int kw, ReadOnlySpan<float> row, float* imageRow)
    {
        (int first, int end) = horizontal.OutputsInside(kw);
        if (first == end)
        {
            return;
        }

        float* destination = imageRow + horizontal.InputOf(first, kw);
        if (horizontal.Stride == 1)
        {
            var pixels = new Span<float>(destination, end - first);
            TensorPrimitives.Add(pixels, row[first..end], pixels);
            return;
        }

        for (int ow = first; ow < end; ow++)
        {
            *destination += row[ow];
            destination += horizontal.Stride;
        }
    }
}

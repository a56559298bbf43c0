using System.Diagnostics;
using FastConv.Kernels.Elementwise;
using FastConv.Shapes;
using FastConv.Simd;

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
        var call = new CopyCall(vertical, horizontal, channels, firstRow, endRow, image, columns);
        SimdDispatch.RunAtMost(horizontal.Output, ref call);
    }

    private readonly struct CopyCall(
        WindowAxis vertical, WindowAxis horizontal, int channels, int firstRow, int endRow, float* image, float* columns) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            // Rows of windows as wide as rows of pixels: a tap's rows are one run of the image, but for the pixels that wrap around.
            bool isRun = horizontal.Stride == 1 && vertical.Stride == 1 && horizontal.Output == horizontal.Input;
            nint tapLength = (nint)(endRow - firstRow) * horizontal.Output;
            float* tap = columns;
            float* plane = image;
            for (int c = 0; c < channels; c++)
            {
                for (int kh = 0; kh < vertical.Window; kh++)
                {
                    for (int kw = 0; kw < horizontal.Window; kw++)
                    {
                        if (isRun)
                        {
                            CopyRun(kh, kw, plane, tap);
                        }
                        else
                        {
                            CopyRows<V>(kh, kw, plane, tap);
                        }

                        tap += tapLength;
                    }
                }

                plane += (nint)vertical.Input * horizontal.Input;
            }
        }

        private void CopyRows<V>(int kh, int kw, float* plane, float* row)
            where V : struct, IVector<V>
        {
            int width = horizontal.Output;
            (int first, int end) = horizontal.OutputsInside(kw);
            int firstPixel = horizontal.InputOf(first, kw);
            for (int oh = firstRow; oh < endRow; oh++)
            {
                int ih = vertical.InputOf(oh, kh);
                if ((uint)ih < (uint)vertical.Input)
                {
                    ClearFirst(row, first);
                    StridedRow.Copy<V>(plane + (nint)ih * horizontal.Input, horizontal.Input, firstPixel, horizontal.Stride, end - first, row + first);
                    ClearFirst(row + end, width - end);
                }
                else
                {
                    new Span<float>(row, width).Clear();
                }

                row += width;
            }
        }

        private void CopyRun(int kh, int kw, float* plane, float* rows)
        {
            int width = horizontal.Output;
            (int first, int end) = horizontal.OutputsInside(kw);
            (int top, int bottom) = vertical.OutputsInside(kh);
            top = Math.Clamp(top, firstRow, endRow);
            bottom = Math.Clamp(bottom, top, endRow);
            new Span<float>(rows, (top - firstRow) * width).Clear();
            new Span<float>(rows + (nint)(bottom - firstRow) * width, (endRow - bottom) * width).Clear();
            if (top == bottom || first == end)
            {
                new Span<float>(rows + (nint)(top - firstRow) * width, (bottom - top) * width).Clear();
                return;
            }

            float* row = rows + (nint)(top - firstRow) * width;
            int length = (bottom - top - 1) * width + end - first;
            float* source = plane + (nint)vertical.InputOf(top, kh) * width + horizontal.InputOf(first, kw);
            new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(row + first, length));
            for (int oh = top; oh < bottom; oh++)
            {
                ClearFirst(row, first);
                ClearFirst(row + end, width - end);
                row += width;
            }
        }

        // A few floats: less than a call would take.
        private static void ClearFirst(float* values, int count)
        {
            for (int i = 0; i < count; i++)
            {
                values[i] = 0;
            }
        }
    }
}

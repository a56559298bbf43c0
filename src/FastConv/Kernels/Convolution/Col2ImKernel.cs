using System.Diagnostics;
using FastConv.Kernels.Elementwise;
using FastConv.Shapes;
using FastConv.Simd;

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
        var call = new AddCall(vertical, horizontal, channels, firstRow, endRow, columns, image);

        // Most taps of a padded window see one window less than there are.
        SimdDispatch.RunAtMost(Math.Max(1, horizontal.Output - 1), ref call);
    }

    private readonly struct AddCall(
        WindowAxis vertical, WindowAxis horizontal, int channels, int firstRow, int endRow, float* columns, float* image) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* row = columns;
            float* plane = image;
            for (int c = 0; c < channels; c++)
            {
                for (int kh = 0; kh < vertical.Window; kh++)
                {
                    for (int kw = 0; kw < horizontal.Window; kw++)
                    {
                        (int first, int end) = horizontal.OutputsInside(kw);
                        int firstPixel = horizontal.InputOf(first, kw);
                        for (int oh = firstRow; oh < endRow; oh++)
                        {
                            int ih = vertical.InputOf(oh, kh);
                            if ((uint)ih < (uint)vertical.Input)
                            {
                                StridedRow.Add<V>(
                                    row + first, end - first, plane + (nint)ih * horizontal.Input, horizontal.Input, firstPixel, horizontal.Stride);
                            }

                            row += horizontal.Output;
                        }
                    }
                }

                plane += (nint)vertical.Input * horizontal.Input;
            }
        }
    }
}

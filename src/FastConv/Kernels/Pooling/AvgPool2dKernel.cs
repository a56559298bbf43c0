using System.Diagnostics;
using FastConv.Kernels.Elementwise;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Average pooling of whole planes. A window is the product of a column and a row: the image rows under it are added first, as vectors,
/// then neighbours within the sum.
/// </summary>
internal static unsafe class AvgPool2dKernel
{
    /// <summary>Floats of scratch that forward and backward need.</summary>
    public static int ScratchLength(Pool2dShape shape) =>
        checked(AvgPoolRows.PixelsLength(shape.Horizontal) + 2 * AvgPoolRows.WindowsLength(shape.Horizontal));

    /// <summary>output = the sum of each window / how many taps count.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="countIncludePad">Whether taps on padding count.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, output height, output width].</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Forward(Pool2dShape shape, bool countIncludePad, int planes, float* input, float* output, float* scratch) =>
        Run(shape, countIncludePad, planes, input, output, scratch, isBackward: false);

    /// <summary>gradInput = for every pixel the gradients of the windows over it, each / how many taps count there.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="countIncludePad">Whether taps on padding count.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="gradOutput">[planes, output height, output width].</param>
    /// <param name="gradInput">[planes, height, width], overwritten.</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Backward(Pool2dShape shape, bool countIncludePad, int planes, float* gradOutput, float* gradInput, float* scratch) =>
        Run(shape, countIncludePad, planes, gradInput, gradOutput, scratch, isBackward: true);

    // Over vectors that rows of pixels and windows fill, so that rows end in one that overlaps.
    private static void Run(Pool2dShape shape, bool countIncludePad, int planes, float* images, float* pooled, float* scratch, bool isBackward)
    {
        Debug.Assert(planes > 0 && shape.Vertical.Dilation == 1 && shape.Horizontal.Dilation == 1);
        var call = new PlanesCall(shape, countIncludePad, planes, images, pooled, scratch, isBackward);
        SimdDispatch.RunAtMost(Math.Min(shape.Horizontal.Input, shape.Horizontal.Output), ref call);
    }

    private readonly struct PlanesCall(
        Pool2dShape shape, bool countIncludePad, int planes, float* images, float* pooled, float* scratch, bool isBackward) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            bool is2x2 = AvgPool2x2.CanDo(shape);
            float* pixels = scratch;
            float* windows = pixels + AvgPoolRows.PixelsLength(shape.Horizontal) + shape.Horizontal.Window;
            float* counts = windows + AvgPoolRows.WindowsLength(shape.Horizontal);
            if (!is2x2)
            {
                new Span<float>(scratch, ScratchLength(shape)).Clear();
                WriteCounts(shape.Horizontal, countIncludePad, counts);
            }

            for (int plane = 0; plane < planes; plane++)
            {
                float* image = images + (nint)plane * shape.InputPlane;
                float* output = pooled + (nint)plane * shape.OutputPlane;
                switch (is2x2, isBackward)
                {
                    case (true, false): AvgPool2x2.Forward<V>(shape, image, output); break;
                    case (true, true): AvgPool2x2.Backward<V>(shape, output, image); break;
                    case (false, false): ForwardPlane<V>(image, output, pixels, windows, counts); break;
                    default: BackwardPlane<V>(output, image, pixels, windows, counts); break;
                }
            }
        }

        private void ForwardPlane<V>(float* image, float* output, float* pixels, float* windows, float* counts)
            where V : struct, IVector<V>
        {
            (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
            (int width, int columns) = (horizontal.Input, horizontal.Output);
            for (int oh = 0; oh < vertical.Output; oh++)
            {
                (int first, int end) = vertical.TapsInside(oh);
                float* top = image + (nint)vertical.InputOf(oh, first) * width;
                for (int i = 0; i < width; i += V.Count)
                {
                    int iw = Math.Min(i, width - V.Count);
                    V sum = V.Load(top + iw);
                    for (int row = 1; row < end - first; row++)
                    {
                        sum += V.Load(top + (nint)row * width + iw);
                    }

                    sum.Store(pixels + horizontal.PaddingBefore + iw);
                }

                AvgPoolRows.Sum<V>(horizontal, pixels, windows);
                V rows = V.Broadcast(countIncludePad ? vertical.Window : end - first);
                for (int i = 0; i < columns; i += V.Count)
                {
                    int ow = Math.Min(i, columns - V.Count);
                    (V.Load(windows + ow) / (rows * V.Load(counts + ow))).Store(output + ow);
                }

                output += columns;
            }
        }

        private void BackwardPlane<V>(float* gradOutput, float* gradInput, float* pixels, float* windows, float* counts)
            where V : struct, IVector<V>
        {
            (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
            (int width, int columns) = (horizontal.Input, horizontal.Output);
            new Span<float>(gradInput, shape.InputPlane).Clear();
            for (int oh = 0; oh < vertical.Output; oh++)
            {
                (int first, int end) = vertical.TapsInside(oh);
                V rows = V.Broadcast(countIncludePad ? vertical.Window : end - first);
                for (int i = 0; i < columns; i += V.Count)
                {
                    int ow = Math.Min(i, columns - V.Count);
                    (V.Load(gradOutput + ow) / (rows * V.Load(counts + ow))).Store(windows + ow);
                }

                AvgPoolRows.Spread<V>(horizontal, windows, pixels);
                for (int kh = first; kh < end; kh++)
                {
                    StridedRow.Add<V>(
                        pixels + horizontal.PaddingBefore, width, gradInput + (nint)vertical.InputOf(oh, kh) * width, width, first: 0, stride: 1);
                }

                gradOutput += columns;
            }
        }

        // Taps of each window that lie on the image, or all where padding counts.
        private static void WriteCounts(WindowAxis axis, bool countIncludePad, float* counts)
        {
            for (int ow = 0; ow < axis.Output; ow++)
            {
                (int first, int end) = axis.TapsInside(ow);
                counts[ow] = countIncludePad ? axis.Window : end - first;
            }
        }
    }
}

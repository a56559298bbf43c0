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
        checked(shape.Horizontal.Input + 2 * shape.Horizontal.Output + WindowRow.RangesLength(shape.Horizontal));

    /// <summary>output = the sum of each window / how many taps count.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="countIncludePad">Whether taps on padding count.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, output height, output width].</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Forward(Pool2dShape shape, bool countIncludePad, int planes, float* input, float* output, float* scratch)
    {
        Debug.Assert(planes > 0);
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        float* rowSums = scratch;
        float* windowSums = rowSums + horizontal.Input;
        float* counts = windowSums + horizontal.Output;
        int* ranges = (int*)(counts + horizontal.Output);
        WindowRow.WriteRanges(horizontal, ranges);
        WindowRow.WriteCounts(horizontal, countIncludePad, counts);
        for (int plane = 0; plane < planes; plane++)
        {
            for (int oh = 0; oh < vertical.Output; oh++)
            {
                (int first, int end) = vertical.TapsInside(oh);
                new Span<float>(rowSums, horizontal.Input).Clear();
                for (int kh = first; kh < end; kh++)
                {
                    float* row = input + (long)vertical.InputOf(oh, kh) * horizontal.Input;
                    MapKernel.Binary(default(AddOperator), rowSums, row, rowSums, horizontal.Input);
                }

                new Span<float>(windowSums, horizontal.Output).Clear();
                WindowRow.AddTaps(horizontal, ranges, rowSums, windowSums);
                var mean = new MeanOperator(countIncludePad ? vertical.Window : end - first);
                MapKernel.Binary(mean, windowSums, counts, output, horizontal.Output);
                output += horizontal.Output;
            }

            input += shape.InputPlane;
        }
    }

    /// <summary>gradInput = for every pixel the gradients of the windows over it, each / how many taps count there.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="countIncludePad">Whether taps on padding count.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="gradOutput">[planes, output height, output width].</param>
    /// <param name="gradInput">[planes, height, width], overwritten.</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Backward(Pool2dShape shape, bool countIncludePad, int planes, float* gradOutput, float* gradInput, float* scratch)
    {
        Debug.Assert(planes > 0);
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        float* rowGradients = scratch;
        float* shares = rowGradients + horizontal.Input;
        float* counts = shares + horizontal.Output;
        int* ranges = (int*)(counts + horizontal.Output);
        WindowRow.WriteRanges(horizontal, ranges);
        WindowRow.WriteCounts(horizontal, countIncludePad, counts);
        for (int plane = 0; plane < planes; plane++)
        {
            new Span<float>(gradInput, shape.InputPlane).Clear();
            for (int oh = 0; oh < vertical.Output; oh++)
            {
                (int first, int end) = vertical.TapsInside(oh);
                var mean = new MeanOperator(countIncludePad ? vertical.Window : end - first);
                MapKernel.Binary(mean, gradOutput, counts, shares, horizontal.Output);
                new Span<float>(rowGradients, horizontal.Input).Clear();
                WindowRow.AddToTaps(horizontal, ranges, shares, rowGradients);
                for (int kh = first; kh < end; kh++)
                {
                    float* row = gradInput + (long)vertical.InputOf(oh, kh) * horizontal.Input;
                    MapKernel.Binary(default(AddOperator), row, rowGradients, row, horizontal.Input);
                }

                gradOutput += horizontal.Output;
            }

            gradInput += shape.InputPlane;
        }
    }

    /// <summary>(sum, columns that count) to sum / (rows that count * columns that count).</summary>
    private readonly struct MeanOperator(float rows) : IBinaryOperator
    {
        public V Apply<V>(V sum, V columns)
            where V : struct, IVector<V> => sum / (V.Broadcast(rows) * columns);
    }
}

using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>Average pooling where windows of 2x2 lie side by side, none of them on padding. The last vector of a row overlaps the one before.</summary>
internal static unsafe class AvgPool2x2
{
    private const float Share = 0.25f;

    public static bool CanDo(Pool2dShape shape) => CanDo(shape.Vertical) && CanDo(shape.Horizontal);

    /// <summary>One plane: above and below are added first, then neighbours.</summary>
    public static void Forward<V>(Pool2dShape shape, float* image, float* output)
        where V : struct, IVector<V>
    {
        int width = shape.Horizontal.Input;
        int columns = shape.Horizontal.Output;
        Debug.Assert(CanDo(shape) && columns >= V.Count);
        V share = V.Broadcast(Share);
        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                float* top = image + 2 * ow;
                float* bottom = top + width;
                V first = V.Load(top) + V.Load(bottom);
                V second = V.Load(top + V.Count) + V.Load(bottom + V.Count);
                ((V.Evens(first, second) + V.Odds(first, second)) * share).Store(output + ow);
            }

            image += 2 * width;
            output += columns;
        }
    }

    /// <summary>One plane; every pixel of <paramref name="gradInput"/> is written once.</summary>
    public static void Backward<V>(Pool2dShape shape, float* gradOutput, float* gradInput)
        where V : struct, IVector<V>
    {
        int width = shape.Horizontal.Input;
        int columns = shape.Horizontal.Output;
        Debug.Assert(CanDo(shape) && columns >= V.Count);
        int leftOver = width - 2 * columns;
        V share = V.Broadcast(Share);
        float* row = gradInput;
        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                V gradient = V.Load(gradOutput + ow) * share;
                V first = V.InterleaveLow(gradient, gradient);
                V second = V.InterleaveHigh(gradient, gradient);
                float* top = row + 2 * ow;
                first.Store(top);
                second.Store(top + V.Count);
                first.Store(top + width);
                second.Store(top + width + V.Count);
            }

            if (leftOver > 0)
            {
                new Span<float>(row + 2 * columns, leftOver).Clear();
                new Span<float>(row + width + 2 * columns, leftOver).Clear();
            }

            row += 2 * width;
            gradOutput += columns;
        }

        new Span<float>(row, shape.InputPlane - 2 * shape.Vertical.Output * width).Clear();
    }

    private static bool CanDo(WindowAxis axis) =>
        axis is { Window: 2, Stride: 2, Dilation: 1, PaddingBefore: 0 } && 2 * axis.Output <= axis.Input;
}

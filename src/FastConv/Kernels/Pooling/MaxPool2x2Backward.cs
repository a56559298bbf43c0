using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>Max pooling backward where windows of 2x2 lie side by side: every pixel belongs to one window and is written once.</summary>
internal static unsafe class MaxPool2x2Backward
{
    /// <summary>One plane; overwrites <paramref name="gradInput"/>.</summary>
    public static void Plane<V>(Pool2dShape shape, float* gradOutput, byte* argmax, float* gradInput)
        where V : struct, IVector<V>
    {
        int width = shape.Horizontal.Input;
        int columns = shape.Horizontal.Output;
        Debug.Assert(MaxPool2x2Forward.CanDo(shape) && columns >= V.Count);
        int leftOver = width - 2 * columns;
        float* row = gradInput;
        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                V gradient = V.Load(gradOutput + ow);
                V taps = V.LoadBytes(argmax + ow);
                Pair(gradient, taps, 0, row + 2 * ow);
                Pair(gradient, taps, 2, row + width + 2 * ow);
            }

            if (leftOver > 0)
            {
                new Span<float>(row + 2 * columns, leftOver).Clear();
                new Span<float>(row + width + 2 * columns, leftOver).Clear();
            }

            row += 2 * width;
            gradOutput += columns;
            argmax += columns;
        }

        new Span<float>(row, shape.InputPlane - 2 * shape.Vertical.Output * width).Clear();
    }

    // One row of a vector of windows: the pixels under the taps tap and tap + 1, alternating.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<V>(V gradient, V taps, float tap, float* row)
        where V : struct, IVector<V>
    {
        V evens = V.Select(V.EqualTo(taps, V.Broadcast(tap)), gradient, V.Zero);
        V odds = V.Select(V.EqualTo(taps, V.Broadcast(tap + 1)), gradient, V.Zero);
        V.InterleaveLow(evens, odds).Store(row);
        V.InterleaveHigh(evens, odds).Store(row + V.Count);
    }
}

using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Windows of 2x2, 2 apart, none of them on padding: two rows are taken apart into even and odd columns, so that the four taps of a vector
/// of windows are four vectors. The last vector of a row overlaps the one before.
/// </summary>
internal static unsafe class MaxPool2x2Forward
{
    public static bool CanDo(Pool2dShape shape) => CanDo(shape.Vertical) && CanDo(shape.Horizontal);

    /// <summary>One plane. False where a value that is not finite was seen: then the results are not to be used.</summary>
    public static bool Plane<V, TTaps>(Pool2dShape shape, float* image, float* output, void* argmax, nint index)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        int width = shape.Horizontal.Input;
        int columns = shape.Horizontal.Output;
        Debug.Assert(CanDo(shape) && columns >= V.Count);
        V tap1 = V.Broadcast(1);
        V tap2 = V.Broadcast(2);
        V tap3 = V.Broadcast(3);
        V notFinite = V.Zero;
        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                float* top = image + 2 * ow;
                float* bottom = top + width;
                V a = V.Load(top);
                V b = V.Load(top + V.Count);
                V c = V.Load(bottom);
                V d = V.Load(bottom + V.Count);
                notFinite = V.FusedMultiplyAdd(a + b + (c + d), V.Zero, notFinite);
                V best = V.Evens(a, b);
                V bestTap = V.Zero;
                MaxTap.KeepNumber<V, TTaps>(V.Odds(a, b), tap1, ref best, ref bestTap);
                MaxTap.KeepNumber<V, TTaps>(V.Evens(c, d), tap2, ref best, ref bestTap);
                MaxTap.KeepNumber<V, TTaps>(V.Odds(c, d), tap3, ref best, ref bestTap);
                best.Store(output + index + ow);
                TTaps.Store(bestTap, argmax, index + ow);
            }

            image += 2 * width;
            index += columns;
        }

        return !V.HasNaN(notFinite);
    }

    private static bool CanDo(WindowAxis axis) =>
        axis is { Window: 2, Stride: 2, Dilation: 1, PaddingBefore: 0 } && 2 * axis.Output <= axis.Input;
}

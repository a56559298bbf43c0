using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Windows of 3x3, 2 apart, with at most one pixel of padding before the image and none after it: the first layers of most networks. The
/// best of every row of three is found first, then the best of three rows; the row that two windows share is kept for the second one.
/// </summary>
internal static unsafe class MaxPool3x3Forward
{
    public static bool CanDo(Pool2dShape shape) => CanDo(shape.Vertical) && CanDo(shape.Horizontal);

    /// <summary>Floats of scratch.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(2 * shape.Horizontal.Output);

    /// <summary>One plane. False where a value that is not finite was seen: then the results are not to be used.</summary>
    public static bool Plane<V, TTaps>(Pool2dShape shape, float* image, float* output, void* argmax, nint index, float* scratch)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        int width = shape.Horizontal.Input;
        int columns = shape.Horizontal.Output;
        int padding = shape.Horizontal.PaddingBefore;
        Debug.Assert(CanDo(shape) && columns >= V.Count);
        float* shared = scratch;
        float* sharedTaps = scratch + columns;
        V three = V.Broadcast(3);
        V six = V.Broadcast(6);
        V notFinite = V.Zero;
        if (shape.Vertical.PaddingBefore == 1)
        {
            // Every number is larger, so that the taps do not matter.
            new Span<float>(shared, columns).Fill(float.NegativeInfinity);
            new Span<float>(sharedTaps, columns).Clear();
        }
        else
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                Row<V, TTaps>(image, ow, padding, ref notFinite, out V best, out V bestTap);
                best.Store(shared + ow);
                bestTap.Store(sharedTaps + ow);
            }

            image += width;
        }

        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            // A column twice done would take the next row's shared winners for its own: the overlap is loaded before it is written.
            V lastShared = V.Load(shared + columns - V.Count);
            V lastSharedTaps = V.Load(sharedTaps + columns - V.Count);
            for (int column = 0; column < columns; column += V.Count)
            {
                bool isLast = column >= columns - V.Count;
                int ow = isLast ? columns - V.Count : column;
                V best = isLast ? lastShared : V.Load(shared + ow);
                V bestTap = isLast ? lastSharedTaps : V.Load(sharedTaps + ow);
                Row<V, TTaps>(image, ow, padding, ref notFinite, out V middle, out V middleTap);
                MaxTap.KeepNumber<V, TTaps>(middle, middleTap + three, ref best, ref bestTap);
                Row<V, TTaps>(image + width, ow, padding, ref notFinite, out V bottom, out V bottomTap);
                MaxTap.KeepNumber<V, TTaps>(bottom, bottomTap + six, ref best, ref bestTap);
                bottom.Store(shared + ow);
                if (TTaps.Keeps)
                {
                    bottomTap.Store(sharedTaps + ow);
                }

                best.Store(output + index + ow);
                TTaps.Store(bestTap, argmax, index + ow);
            }

            image += 2 * width;
            index += columns;
        }

        return !V.HasNaN(notFinite);
    }

    // The best of three neighbours in a row, at columns 2 * ow - padding and on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<V, TTaps>(float* row, int ow, int padding, ref V notFinite, out V best, out V bestTap)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        float* pixels = row + 2 * ow;
        V a = V.Load(pixels);
        V b = V.Load(pixels + V.Count);
        V evens = V.Evens(a, b);
        V odds = V.Odds(a, b);
        V second;
        V third;
        if (padding == 0)
        {
            best = evens;
            second = odds;
            third = V.Odds(V.Load(pixels + 1), V.Load(pixels + 1 + V.Count));
            notFinite = V.FusedMultiplyAdd(evens + odds + third, V.Zero, notFinite);
        }
        else
        {
            best = ow == 0
                ? V.OneBack(V.Broadcast(float.NegativeInfinity), odds)
                : V.Evens(V.Load(pixels - 1), V.Load(pixels - 1 + V.Count));
            second = evens;
            third = odds;
            notFinite = V.FusedMultiplyAdd(evens + odds, V.Zero, notFinite);
        }

        bestTap = V.Zero;
        MaxTap.KeepNumber<V, TTaps>(second, V.Broadcast(1), ref best, ref bestTap);
        MaxTap.KeepNumber<V, TTaps>(third, V.Broadcast(2), ref best, ref bestTap);
    }

    private static bool CanDo(WindowAxis axis) =>
        axis is { Window: 3, Stride: 2, Dilation: 1, PaddingBefore: 0 or 1 } && axis.InputOf(axis.Output - 1, 2) < axis.Input;
}

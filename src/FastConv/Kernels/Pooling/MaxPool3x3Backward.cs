using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Max pooling backward for windows of 3x3, 2 apart, padded by at most one pixel before the image: gathered by pixels, not scattered by
/// windows. Along an axis, pixels are by turns under one window (its middle tap) and under two (the last tap of one, the first of the
/// next), so a vector of windows gives two vectors of pixels, which alternate. Sums run in the order of the windows.
/// </summary>
internal static unsafe class MaxPool3x3Backward
{
    // Columns around a laid-out row whose tap is none. Windows from -1 on are looked at.
    private const int Margin = SimdDispatch.ReductionLanes;
    private const float NoTap = -1;

    public static bool CanDo(Pool2dShape shape) => CanDo(shape.Vertical) && CanDo(shape.Horizontal);

    /// <summary>Three rows of taps and gradients (one of them empty), and a row of pixels.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(8 * Pitch(shape));

    /// <summary>Before the first plane: windows that there are none of choose no tap.</summary>
    public static void Prepare(Pool2dShape shape, float* scratch) => new Span<float>(scratch, 6 * Pitch(shape)).Fill(NoTap);

    /// <summary>One plane; overwrites <paramref name="gradInput"/>.</summary>
    public static void Plane<V>(Pool2dShape shape, float* gradOutput, byte* argmax, float* gradInput, float* scratch)
        where V : struct, IVector<V>
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        int columns = horizontal.Output;
        Debug.Assert(CanDo(shape) && columns >= V.Count);
        int pitch = Pitch(shape);
        float* pixels = scratch + 6 * pitch;

        // Where windows begin and end with the image, vectors of pixels go straight there; else through a row of scratch.
        bool isStraight = horizontal.PaddingBefore == 1 && horizontal.Input == 2 * columns;
        int laidOut = -1;
        for (int ih = 0; ih < vertical.Input; ih++)
        {
            (int window, int phase) = Math.DivRem(ih + vertical.PaddingBefore + 1, 2);
            window--;
            int below = phase == 0 ? window : window + 1;
            if (below > laidOut && below < vertical.Output)
            {
                LayOut<V>(gradOutput + (nint)below * columns, argmax + (nint)below * columns, columns, RowOf(scratch, pitch, below, vertical.Output), pitch);
                laidOut = below;
            }

            float* above = RowOf(scratch, pitch, window, vertical.Output);
            float* next = RowOf(scratch, pitch, window + 1, vertical.Output);
            float* row = gradInput + (nint)ih * horizontal.Input;
            float* target = isStraight ? row : pixels;
            int first = isStraight ? 0 : -1;
            int end = isStraight ? columns : columns + 1;
            for (int column = first; column < end; column += V.Count)
            {
                int ow = isStraight ? Math.Min(column, columns - V.Count) : column;
                float* to = target + 2 * (ow - first);
                if (phase == 0)
                {
                    UnderOne<V>(above + ow, pitch, to);
                }
                else
                {
                    UnderTwo<V>(above + ow, next + ow, pitch, to);
                }
            }

            if (!isStraight)
            {
                new ReadOnlySpan<float>(pixels + horizontal.PaddingBefore + 1, horizontal.Input).CopyTo(new Span<float>(row, horizontal.Input));
            }
        }
    }

    // Column 0 of a row of windows: two take turns, and the third stands for all that there are none of.
    private static float* RowOf(float* scratch, int pitch, int oh, int rows) =>
        scratch + (nint)(oh < 0 || oh >= rows ? 4 : oh % 2 * 2) * pitch + Margin;

    // taps[ow], then gradients a pitch further.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LayOut<V>(float* gradOutput, byte* argmax, int columns, float* row, int pitch)
        where V : struct, IVector<V>
    {
        for (int column = 0; column < columns; column += V.Count)
        {
            int ow = Math.Min(column, columns - V.Count);
            V.LoadBytes(argmax + ow).Store(row + ow);
            V.Load(gradOutput + ow).Store(row + pitch + ow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UnderOne<V>(float* row, int pitch, float* pixels)
        where V : struct, IVector<V>
    {
        V evens = Chosen<V>(row, pitch, 4);
        V odds = Chosen<V>(row, pitch, 5) + Chosen<V>(row + 1, pitch, 3);
        V.InterleaveLow(evens, odds).Store(pixels);
        V.InterleaveHigh(evens, odds).Store(pixels + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UnderTwo<V>(float* above, float* below, int pitch, float* pixels)
        where V : struct, IVector<V>
    {
        V evens = Chosen<V>(above, pitch, 7) + Chosen<V>(below, pitch, 1);
        V odds = Chosen<V>(above, pitch, 8) + Chosen<V>(above + 1, pitch, 6) + Chosen<V>(below, pitch, 2) + Chosen<V>(below + 1, pitch, 0);
        V.InterleaveLow(evens, odds).Store(pixels);
        V.InterleaveHigh(evens, odds).Store(pixels + V.Count);
    }

    // The gradients of the windows that chose this tap, 0 of the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Chosen<V>(float* taps, int pitch, float tap)
        where V : struct, IVector<V> =>
        V.Select(V.EqualTo(V.Load(taps), V.Broadcast(tap)), V.Load(taps + pitch), V.Zero);

    private static int Pitch(Pool2dShape shape) => checked(shape.Horizontal.Output + 3 * Margin);

    private static bool CanDo(WindowAxis axis) => axis is { Window: 3, Stride: 2, Dilation: 1, PaddingBefore: 0 or 1 };
}

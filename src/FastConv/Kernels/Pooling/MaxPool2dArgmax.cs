using System.Numerics;
using FastConv.Shapes;

namespace FastConv.Kernels.Pooling;

/// <summary>Whether an argmax is one that forward may have written: every entry a tap of its window that lies on the image.</summary>
internal static unsafe class MaxPool2dArgmax
{
    private const int ByteTaps = 256;

    /// <summary>The first entry that is not; -1 when all are good.</summary>
    public static long FindInvalid<TIndex>(Pool2dShape shape, int planes, TIndex* argmax)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (sizeof(TIndex) == sizeof(byte))
        {
            return FindInvalidByte(shape, planes, (byte*)argmax);
        }

        long index = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    uint tap = uint.CreateTruncating(argmax[index]);
                    (uint kh, uint kw) = Math.DivRem(tap, (uint)shape.Horizontal.Window);
                    if (tap >= (uint)shape.WindowLength || !IsInside(shape.Vertical, oh, (int)kh) || !IsInside(shape.Horizontal, ow, (int)kw))
                    {
                        return index;
                    }

                    index++;
                }
            }
        }

        return -1;
    }

    // All entries against the number of taps, at the speed of memory; then those of windows that reach over an edge one by one.
    private static long FindInvalidByte(Pool2dShape shape, int planes, byte* argmax)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        long length = (long)planes * shape.OutputPlane;
        long beyond = new ReadOnlySpan<byte>(argmax, checked((int)length)).IndexOfAnyExceptInRange((byte)0, (byte)(shape.WindowLength - 1));
        (int top, int bottom) = OutputsWhollyInside(vertical);
        (int left, int right) = OutputsWhollyInside(horizontal);
        if (top == 0 && bottom == vertical.Output && left == 0 && right == horizontal.Output)
        {
            return beyond;
        }

        byte* rows = stackalloc byte[ByteTaps];
        byte* columns = stackalloc byte[ByteTaps];
        for (int tap = 0; tap < shape.WindowLength; tap++)
        {
            (rows[tap], columns[tap]) = ((byte)(tap / horizontal.Window), (byte)(tap % horizontal.Window));
        }

        long end = beyond < 0 ? length : beyond;
        long row = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            for (int oh = 0; oh < vertical.Output; oh++)
            {
                bool isInner = oh >= top && oh < bottom;
                for (int ow = 0; ow < horizontal.Output; ow++)
                {
                    if (isInner && ow == left)
                    {
                        ow = right;
                        if (ow == horizontal.Output)
                        {
                            break;
                        }
                    }

                    if (row + ow >= end)
                    {
                        return beyond;
                    }

                    byte tap = argmax[row + ow];
                    if (!IsInside(vertical, oh, rows[tap]) || !IsInside(horizontal, ow, columns[tap]))
                    {
                        return row + ow;
                    }
                }

                row += horizontal.Output;
            }
        }

        return beyond;
    }

    private static bool IsInside(WindowAxis axis, int output, int tap) => (uint)axis.InputOf(output, tap) < (uint)axis.Input;

    // The windows [First, End) that see no padding; First = End where all do.
    private static (int First, int End) OutputsWhollyInside(WindowAxis axis)
    {
        int first = axis.OutputsInside(0).First;
        int end = axis.OutputsInside(axis.Window - 1).End;
        return axis.OutputsInside(0).End > 0 && first < end ? (first, end) : (axis.Output, axis.Output);
    }
}

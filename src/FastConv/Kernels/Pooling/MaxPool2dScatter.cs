using System.Numerics;
using FastConv.Shapes;

namespace FastConv.Kernels.Pooling;

/// <summary>Max pooling backward for any window: every gradient is added to the pixel that its tap names, window after window.</summary>
internal static unsafe class MaxPool2dScatter
{
    private const int ByteTaps = 256;

    /// <summary>One plane; overwrites <paramref name="gradInput"/>.</summary>
    public static void Plane<TIndex>(Pool2dShape shape, float* gradOutput, TIndex* argmax, float* gradInput)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        new Span<float>(gradInput, shape.InputPlane).Clear();
        if (sizeof(TIndex) == sizeof(byte))
        {
            AddBytes(shape, gradOutput, (byte*)argmax, gradInput);
            return;
        }

        for (int oh = 0; oh < shape.Vertical.Output; oh++)
        {
            for (int ow = 0; ow < shape.Horizontal.Output; ow++)
            {
                (uint kh, uint kw) = Math.DivRem(uint.CreateTruncating(*argmax++), (uint)shape.Horizontal.Window);
                int ih = shape.Vertical.InputOf(oh, (int)kh);
                int iw = shape.Horizontal.InputOf(ow, (int)kw);
                gradInput[ih * shape.Horizontal.Input + iw] += *gradOutput++;
            }
        }
    }

    // With a table in place of the division.
    private static void AddBytes(Pool2dShape shape, float* gradOutput, byte* argmax, float* gradInput)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        int* offsets = stackalloc int[ByteTaps];
        for (int tap = 0; tap < shape.WindowLength; tap++)
        {
            offsets[tap] = tap / horizontal.Window * vertical.Dilation * horizontal.Input + tap % horizontal.Window * horizontal.Dilation;
        }

        for (int oh = 0; oh < vertical.Output; oh++)
        {
            float* firstTap = gradInput + (nint)vertical.InputOf(oh, 0) * horizontal.Input + horizontal.InputOf(0, 0);
            for (int ow = 0; ow < horizontal.Output; ow++)
            {
                firstTap[offsets[argmax[ow]]] += gradOutput[ow];
                firstTap += horizontal.Stride;
            }

            argmax += horizontal.Output;
            gradOutput += horizontal.Output;
        }
    }
}

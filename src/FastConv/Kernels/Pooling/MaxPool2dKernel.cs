using System.Diagnostics;
using System.Numerics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Max pooling of whole planes. A row of windows advances together, one tap at a time: the pixels under the tap are gathered into a row,
/// and a vector comparison keeps the larger ones and the number of their tap. As in PyTorch the first of equal maxima wins, and NaN wins
/// over everything (the last one, where there are several).
/// </summary>
internal static unsafe class MaxPool2dKernel
{
    /// <summary>Taps are counted in float lanes, which are exact up to here.</summary>
    public const int MaxWindowLength = 1 << 24;

    /// <summary>Floats of scratch that forward needs.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(4 * RowLength(shape) + WindowRow.RangesLength(shape.Horizontal));

    /// <summary>output = the maximum of each window, argmax = its tap kh * window width + kw.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, output height, output width].</param>
    /// <param name="argmax">As output, or null where nobody will go back.</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Forward<TIndex>(Pool2dShape shape, int planes, float* input, float* output, TIndex* argmax, float* scratch)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        Debug.Assert(planes > 0 && shape.WindowLength <= MaxWindowLength);
        Debug.Assert(argmax == null || sizeof(TIndex) == shape.ArgmaxSize);
        WindowAxis horizontal = shape.Horizontal;
        int length = RowLength(shape);
        float* best = scratch;
        float* bestTap = best + length;
        float* values = bestTap + length;
        float* firstTap = values + length;
        int* ranges = (int*)(firstTap + length);
        WindowRow.WriteRanges(horizontal, ranges);
        new Span<float>(firstTap, length).Clear();
        for (int ow = 0; ow < horizontal.Output; ow++)
        {
            firstTap[ow] = horizontal.TapsInside(ow).First;
        }

        for (int plane = 0; plane < planes; plane++)
        {
            float* image = input + (long)plane * shape.InputPlane;
            long offset = (long)plane * shape.OutputPlane;
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                ForwardRow(shape, oh, image, length, best, bestTap, values, firstTap, ranges);
                new ReadOnlySpan<float>(best, horizontal.Output).CopyTo(new Span<float>(output + offset, horizontal.Output));
                for (int ow = 0; argmax != null && ow < horizontal.Output; ow++)
                {
                    argmax[offset + ow] = TIndex.CreateTruncating((int)bestTap[ow]);
                }

                offset += horizontal.Output;
            }
        }
    }

    /// <summary>The first entry that is not a tap of its window, or whose tap lies on padding; -1 when all are good.</summary>
    public static long FindInvalid<TIndex>(Pool2dShape shape, int planes, TIndex* argmax)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        long index = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    uint tap = uint.CreateTruncating(argmax[index]);
                    if (tap >= (uint)shape.WindowLength)
                    {
                        return index;
                    }

                    (uint kh, uint kw) = Math.DivRem(tap, (uint)shape.Horizontal.Window);
                    if ((uint)shape.Vertical.InputOf(oh, (int)kh) >= (uint)shape.Vertical.Input
                        || (uint)shape.Horizontal.InputOf(ow, (int)kw) >= (uint)shape.Horizontal.Input)
                    {
                        return index;
                    }

                    index++;
                }
            }
        }

        return -1;
    }

    /// <summary>gradInput = for every pixel the gradients of the windows that chose it.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="gradOutput">[planes, output height, output width].</param>
    /// <param name="argmax">As gradOutput; every entry is known to be good.</param>
    /// <param name="gradInput">[planes, height, width], overwritten.</param>
    public static void Backward<TIndex>(Pool2dShape shape, int planes, float* gradOutput, TIndex* argmax, float* gradInput)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        Debug.Assert(FindInvalid(shape, planes, argmax) < 0);
        for (int plane = 0; plane < planes; plane++)
        {
            new Span<float>(gradInput, shape.InputPlane).Clear();
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

            gradInput += shape.InputPlane;
        }
    }

    // A whole number of the widest vectors, so that rows have no tail.
    private static int RowLength(Pool2dShape shape) =>
        checked(shape.Horizontal.Output + SimdDispatch.ReductionLanes - 1) / SimdDispatch.ReductionLanes * SimdDispatch.ReductionLanes;

    private static void ForwardRow(
        Pool2dShape shape, int oh, float* image, int length, float* best, float* bestTap, float* values, float* firstTap, int* ranges)
    {
        (int firstRow, int endRow) = shape.Vertical.TapsInside(oh);
        new Span<float>(best, length).Fill(float.NegativeInfinity);
        for (int ow = 0; ow < length; ow++)
        {
            bestTap[ow] = firstRow * shape.Horizontal.Window + firstTap[ow];
        }

        for (int kh = firstRow; kh < endRow; kh++)
        {
            float* row = image + (long)shape.Vertical.InputOf(oh, kh) * shape.Horizontal.Input;
            for (int kw = 0; kw < shape.Horizontal.Window; kw++)
            {
                (int first, int end) = (ranges[2 * kw], ranges[2 * kw + 1]);
                new Span<float>(values, first).Fill(float.NegativeInfinity);
                WindowRow.Gather(shape.Horizontal, kw, first, end, row, values);
                new Span<float>(values + end, length - end).Fill(float.NegativeInfinity);
                var call = new KeepLargerCall(values, kh * shape.Horizontal.Window + kw, best, bestTap, length);
                SimdDispatch.Run(ref call);
            }
        }
    }

    private readonly struct KeepLargerCall(float* values, float tap, float* best, float* bestTap, int length) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            Debug.Assert(length % V.Count == 0);
            V taps = V.Broadcast(tap);
            for (int i = 0; i < length; i += V.Count)
            {
                V value = V.Load(values + i);
                V largest = V.Load(best + i);
                V tapOfLargest = V.Load(bestTap + i);
                V isLarger = V.GreaterThan(value, largest);
                V isNumber = V.GreaterThanOrEqual(value, value);
                V.Select(isLarger, value, V.Select(isNumber, largest, value)).Store(best + i);
                V.Select(isLarger, taps, V.Select(isNumber, tapOfLargest, taps)).Store(bestTap + i);
            }
        }
    }
}

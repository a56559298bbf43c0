using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The input's gradient of a 3x3 convolution of stride 2, two rows and two columns at a time. Along an axis every second pixel is the middle
/// of one window and sees tap 1; the others are the end of one and the start of the next and see taps 2 and 0.
/// </summary>
/// <param name="layout">The padded output gradient.</param>
/// <param name="vertical">Of the convolution.</param>
/// <param name="horizontal">Of the convolution.</param>
/// <param name="weights">[3, 3], as in forward.</param>
/// <param name="band">The padded band.</param>
internal readonly unsafe struct DepthwisePairs(DepthwiseLayout layout, WindowAxis vertical, WindowAxis horizontal, float* weights, float* band)
{
    // Pixel 0 is a middle where the padding is odd. It sees source row or column 0 then, else 1; the others see 0 and 1.
    private readonly bool _middleRowIsFirst = vertical.PaddingBefore % 2 == 1;
    private readonly bool _middleColumnIsFirst = horizontal.PaddingBefore % 2 == 1;

    /// <summary>Floats of scratch for the rows at the end of a plane.</summary>
    public static int EdgeLength(int columns) => 2 * (DepthwiseLayout.RoundUp(columns) + SimdDispatch.ReductionLanes);

    /// <param name="row">The first pair of rows: of the band, and of the result.</param>
    /// <param name="count">How many pairs.</param>
    /// <param name="result">The plane. Junk may follow a row, as in <see cref="DepthwiseRows"/>.</param>
    /// <param name="end">Behind the last float of the result that may be written.</param>
    /// <param name="edge"><see cref="EdgeLength"/> floats.</param>
    public void Run<V>(int row, int count, float* result, float* end, float* edge)
        where V : struct, IVector<V>
    {
        int width = horizontal.Input;
        int whole = (width + 2 * V.Count - 1) / (2 * V.Count) * (2 * V.Count);
        result += 2 * (nint)row * width;
        long room = end - result - width - whole;
        int inPlace = room < 0 ? 0 : (int)Math.Min(room / (2L * width) + 1, count);
        Pairs<V>(band, inPlace, result, width);
        for (int i = inPlace; i < count; i++)
        {
            Pairs<V>(band + (nint)i * layout.RowPitch, 1, edge, whole);
            float* pair = result + 2 * (nint)i * width;
            new ReadOnlySpan<float>(edge, width).CopyTo(new Span<float>(pair, width));
            if (2 * (row + i) + 1 < vertical.Input)
            {
                new ReadOnlySpan<float>(edge + whole, width).CopyTo(new Span<float>(pair + width, width));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pairs<V>(float* source, int count, float* result, nint width)
        where V : struct, IVector<V>
    {
        Debug.Assert(vertical is { Window: 3, Stride: 2, Dilation: 1 } && horizontal is { Window: 3, Stride: 2, Dilation: 1 });
        V w00 = V.Broadcast(weights[0]), w01 = V.Broadcast(weights[1]), w02 = V.Broadcast(weights[2]);
        V w10 = V.Broadcast(weights[3]), w11 = V.Broadcast(weights[4]), w12 = V.Broadcast(weights[5]);
        V w20 = V.Broadcast(weights[6]), w21 = V.Broadcast(weights[7]), w22 = V.Broadcast(weights[8]);
        bool middleRowIsFirst = _middleRowIsFirst;
        bool middleColumnIsFirst = _middleColumnIsFirst;
        nint pitch = layout.RowPitch;
        nint middleRow = middleRowIsFirst ? 0 : pitch;
        nint middleColumn = middleColumnIsFirst ? 0 : 1;
        int lastColumn = (layout.Horizontal.Result - 1) / V.Count * V.Count;
        source += layout.Lead;
        for (int i = 0; i < count; i++)
        {
            float* x = source + lastColumn;
            float* y = result + 2 * lastColumn;
            for (int column = lastColumn; column >= 0; column -= V.Count)
            {
                V middle = V.FusedMultiplyAdd(w11, V.Load(x + middleRow + middleColumn), V.Zero);
                V betweenColumns = V.FusedMultiplyAdd(w12, V.Load(x + middleRow), V.Zero);
                betweenColumns = V.FusedMultiplyAdd(w10, V.Load(x + middleRow + 1), betweenColumns);
                V betweenRows = V.FusedMultiplyAdd(w21, V.Load(x + middleColumn), V.Zero);
                betweenRows = V.FusedMultiplyAdd(w01, V.Load(x + pitch + middleColumn), betweenRows);
                V between = V.FusedMultiplyAdd(w22, V.Load(x), V.Zero);
                between = V.FusedMultiplyAdd(w20, V.Load(x + 1), between);
                between = V.FusedMultiplyAdd(w02, V.Load(x + pitch), between);
                between = V.FusedMultiplyAdd(w00, V.Load(x + pitch + 1), between);
                (V a, V b, V c, V d) = middleRowIsFirst
                    ? (middle, betweenColumns, betweenRows, between)
                    : (betweenRows, between, middle, betweenColumns);
                (V evens, V odds) = middleColumnIsFirst ? (a, b) : (b, a);
                V.InterleaveLow(evens, odds).Store(y);
                V.InterleaveHigh(evens, odds).Store(y + V.Count);
                (evens, odds) = middleColumnIsFirst ? (c, d) : (d, c);
                V.InterleaveLow(evens, odds).Store(y + width);
                V.InterleaveHigh(evens, odds).Store(y + width + V.Count);
                x -= V.Count;
                y -= 2 * V.Count;
            }

            source += pitch;
            result += 2 * width;
        }
    }
}

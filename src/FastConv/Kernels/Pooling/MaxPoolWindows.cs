using System.Diagnostics;
using FastConv.Kernels.Elementwise;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Max pooling over any window, a plane at a time: of every row of pixels the best tap of each window is found first, then the best of the
/// rows, so that a window costs its height and width and not their product. A row is laid out as its <c>stride</c> phases between
/// negative infinities, where every tap is a run of neighbours and none asks for the image's edge. Rows that several windows see stay
/// in a ring.
/// </summary>
internal unsafe ref struct MaxPoolWindows
{
    private readonly Pool2dShape _shape;
    private readonly WindowAxis _phaseAxis;
    private readonly int _pitch;
    private readonly int _ring;
    private readonly float* _firstTaps;
    private readonly float* _phases;
    private readonly float* _best;
    private readonly float* _taps;
    private readonly int* _tapOffsets;
    private readonly int* _rows;
    private readonly int* _held;

    /// <param name="shape">All sizes.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, unknown contents.</param>
    public MaxPoolWindows(Pool2dShape shape, float* scratch)
    {
        WindowAxis horizontal = shape.Horizontal;
        _shape = shape;
        _phaseAxis = PhaseAxis(horizontal);
        _pitch = Pitch(horizontal);
        _ring = shape.Vertical.Extent;
        int phasePitch = PhasePitch(horizontal);
        _firstTaps = scratch;
        _phases = _firstTaps + _pitch;
        _best = _phases + (nint)horizontal.Stride * phasePitch;
        _taps = _best + (nint)_ring * _pitch;
        _tapOffsets = (int*)(_taps + (nint)_ring * _pitch);
        _rows = _tapOffsets + horizontal.Window;
        _held = _rows + shape.Vertical.Window;
        new Span<float>(_firstTaps, _pitch).Clear();
        for (int ow = 0; ow < horizontal.Output; ow++)
        {
            _firstTaps[ow] = horizontal.TapsInside(ow).First;
        }

        new Span<float>(_phases, horizontal.Stride * phasePitch).Fill(float.NegativeInfinity);
        for (int kw = 0; kw < horizontal.Window; kw++)
        {
            (int column, int phase) = Math.DivRem(kw * horizontal.Dilation, horizontal.Stride);
            _tapOffsets[kw] = phase * phasePitch + column;
        }
    }

    /// <summary>Floats of scratch.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(
        Pitch(shape.Horizontal) * (1 + 2 * shape.Vertical.Extent) + shape.Horizontal.Stride * PhasePitch(shape.Horizontal)
        + shape.Horizontal.Window + shape.Vertical.Window + shape.Vertical.Extent);

    /// <summary>One plane.</summary>
    public readonly void Plane<V, TTaps>(float* image, float* output, void* argmax, nint index)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        (WindowAxis vertical, WindowAxis horizontal) = (_shape.Vertical, _shape.Horizontal);
        int columns = horizontal.Output;
        Debug.Assert(columns >= V.Count);
        new Span<int>(_held, _ring).Fill(-1);
        for (int oh = 0; oh < vertical.Output; oh++)
        {
            (int first, int end) = vertical.TapsInside(oh);
            for (int kh = first; kh < end; kh++)
            {
                int ih = vertical.InputOf(oh, kh);
                int slot = ih % _ring;
                _rows[kh] = slot * _pitch;
                if (_held[slot] != ih)
                {
                    _held[slot] = ih;
                    Row<V, TTaps>(image + (nint)ih * horizontal.Input, slot * _pitch);
                }
            }

            for (int column = 0; column < columns; column += V.Count)
            {
                int ow = Math.Min(column, columns - V.Count);
                V best = V.Load(_best + _rows[first] + ow);
                V bestTap = V.Load(_taps + _rows[first] + ow) + V.Broadcast(first * horizontal.Window);
                for (int kh = first + 1; kh < end; kh++)
                {
                    V tap = V.Load(_taps + _rows[kh] + ow) + V.Broadcast(kh * horizontal.Window);
                    MaxTap.Keep<V, TTaps>(V.Load(_best + _rows[kh] + ow), tap, ref best, ref bestTap);
                }

                best.Store(output + index + ow);
                TTaps.Store(bestTap, argmax, index + ow);
            }

            index += columns;
        }
    }

    // The best tap of every window in one row of pixels; padding comes first only where it stands for the first tap on the image.
    private readonly void Row<V, TTaps>(float* pixels, int row)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        int phasePitch = PhasePitch(_shape.Horizontal);
        for (int phase = 0; phase < _phaseAxis.Window; phase++)
        {
            (int first, int end) = _phaseAxis.OutputsInside(phase);
            StridedRow.Copy<V>(pixels, _shape.Horizontal.Input, _phaseAxis.InputOf(first, phase), _phaseAxis.Stride, end - first, _phases + (nint)phase * phasePitch + first);
        }

        for (int ow = 0; ow < _shape.Horizontal.Output; ow += V.Count)
        {
            V best = V.Load(_phases + _tapOffsets[0] + ow);
            V bestTap = V.Load(_firstTaps + ow);
            for (int kw = 1; kw < _shape.Horizontal.Window; kw++)
            {
                MaxTap.Keep<V, TTaps>(V.Load(_phases + _tapOffsets[kw] + ow), V.Broadcast(kw), ref best, ref bestTap);
            }

            best.Store(_best + row + ow);
            bestTap.Store(_taps + row + ow);
        }
    }

    // Column j of phase r is the pixel j * stride + r - padding: as if windows of stride taps stood side by side, all pixels under one.
    private static WindowAxis PhaseAxis(WindowAxis axis)
    {
        int stride = axis.Stride;
        long reached = (long)axis.Output + (axis.Extent - 1) / stride;
        long columns = Math.Max(reached, ((long)axis.Input + axis.PaddingBefore + stride - 1) / stride);
        return new WindowAxis(axis.Input, stride, stride, axis.PaddingBefore, checked((int)(columns * stride - axis.Input - axis.PaddingBefore)));
    }

    private static int Pitch(WindowAxis axis) => RoundUp(axis.Output);

    private static int PhasePitch(WindowAxis axis) => checked(RoundUp(PhaseAxis(axis).Output) + SimdDispatch.ReductionLanes);

    // Whole vectors of any width are read and written.
    private static int RoundUp(int length) =>
        checked(length + SimdDispatch.ReductionLanes - 1) / SimdDispatch.ReductionLanes * SimdDispatch.ReductionLanes;
}

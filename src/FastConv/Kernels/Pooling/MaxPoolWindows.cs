using System.Diagnostics;
using FastConv.Kernels.Elementwise;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Max pooling over any window, a band of windows' rows at a time and in three passes: rows of pixels are laid out as their <c>stride</c>
/// phases between negative infinities, where every tap is a run of neighbours and none asks for the image's edge; of every row the best
/// tap of each window is found; then the best of the rows. So a window costs its height and width and not their product, and no vector
/// is loaded across two that were only just stored.
/// </summary>
internal readonly unsafe struct MaxPoolWindows
{
    private readonly Pool2dShape _shape;
    private readonly int _rowsPerBand;
    private readonly int _bandPixels;
    private readonly int _pitch;
    private readonly int _phasePitch;
    private readonly float* _firstTaps;
    private readonly float* _phases;
    private readonly float* _best;
    private readonly float* _taps;
    private readonly int* _runs;
    private readonly int* _tapOffsets;
    private readonly int* _isSeen;

    /// <param name="shape">All sizes.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, unknown contents.</param>
    public MaxPoolWindows(Pool2dShape shape, float* scratch)
    {
        (WindowAxis horizontal, int stride) = (shape.Horizontal, shape.Horizontal.Stride);
        WindowAxis phases = MaxPoolBand.PhaseAxis(horizontal);
        _shape = shape;
        _rowsPerBand = MaxPoolBand.Rows(shape);
        _bandPixels = MaxPoolBand.PixelRows(shape);
        _pitch = MaxPoolBand.Pitch(horizontal);
        _phasePitch = MaxPoolBand.PhasePitch(horizontal);
        _firstTaps = scratch;
        _phases = _firstTaps + _pitch;
        _best = _phases + (nint)_bandPixels * stride * _phasePitch;
        _taps = _best + (nint)_bandPixels * _pitch;
        _runs = (int*)(_taps + (nint)_bandPixels * _pitch);
        _tapOffsets = _runs + 3 * stride;
        _isSeen = _tapOffsets + horizontal.Window;
        new Span<float>(_firstTaps, _pitch).Clear();
        for (int ow = 0; ow < horizontal.Output; ow++)
        {
            _firstTaps[ow] = horizontal.TapsInside(ow).First;
        }

        new Span<float>(_phases, _bandPixels * stride * _phasePitch).Fill(float.NegativeInfinity);
        for (int phase = 0; phase < stride; phase++)
        {
            (int first, int end) = phases.OutputsInside(phase);
            (_runs[3 * phase], _runs[3 * phase + 1], _runs[3 * phase + 2]) = (phases.InputOf(first, phase), end - first, phase * _phasePitch + first);
        }

        for (int kw = 0; kw < horizontal.Window; kw++)
        {
            (int column, int phase) = Math.DivRem(kw * horizontal.Dilation, stride);
            _tapOffsets[kw] = phase * _phasePitch + column;
        }
    }

    /// <summary>Floats of scratch.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(
        MaxPoolBand.Pitch(shape.Horizontal) + MaxPoolBand.PixelRows(shape) * (MaxPoolBand.RowLength(shape) + 1) + 3 * shape.Horizontal.Stride + shape.Horizontal.Window);

    /// <summary>One plane.</summary>
    public void Plane<V, TTaps>(float* image, float* output, void* argmax, nint index)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        Debug.Assert(_shape.Horizontal.Output >= V.Count);
        WindowAxis vertical = _shape.Vertical;
        bool isFinite = IsFinite<V>(image, _shape.InputPlane);
        for (int band = 0; band < vertical.Output; band += _rowsPerBand)
        {
            int end = Math.Min(band + _rowsPerBand, vertical.Output);
            int top = vertical.InputOf(band, 0);
            new Span<int>(_isSeen, _bandPixels).Clear();
            for (int oh = band; oh < end; oh++)
            {
                for (int kh = 0; kh < vertical.Window; kh++)
                {
                    int ih = vertical.InputOf(oh, kh);
                    if ((uint)ih < (uint)vertical.Input && _isSeen[ih - top] == 0)
                    {
                        _isSeen[ih - top] = 1;
                        LayOut<V>(image + (nint)ih * _shape.Horizontal.Input, ih - top);
                    }
                }
            }

            for (int row = 0; row < _bandPixels; row++)
            {
                if (_isSeen[row] != 0)
                {
                    BestOfRow<V, TTaps>(row, isFinite);
                }
            }

            for (int oh = band; oh < end; oh++)
            {
                BestOfRows<V, TTaps>(oh, vertical.InputOf(oh, 0) - top, isFinite, output, argmax, index);
                index += _shape.Horizontal.Output;
            }
        }
    }

    // Where there is no NaN, half of the comparisons can be spared.
    private static bool IsFinite<V>(float* values, int length)
        where V : struct, IVector<V>
    {
        if (length < V.Count)
        {
            return false;
        }

        V sum = V.Zero;
        for (int i = 0; i < length; i += V.Count)
        {
            sum = V.FusedMultiplyAdd(V.Load(values + Math.Min(i, length - V.Count)), V.Zero, sum);
        }

        return !V.HasNaN(sum);
    }

    private void LayOut<V>(float* pixels, int row)
        where V : struct, IVector<V>
    {
        (int width, int stride) = (_shape.Horizontal.Input, _shape.Horizontal.Stride);
        float* phases = _phases + (nint)row * stride * _phasePitch;
        for (int phase = 0; phase < stride; phase++)
        {
            int* run = _runs + 3 * phase;
            StridedRow.Copy<V>(pixels, width, run[0], stride, run[1], phases + run[2]);
        }
    }

    // Padding comes first only where it stands for the first tap on the image.
    private void BestOfRow<V, TTaps>(int row, bool isFinite)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        (int columns, int window) = (_shape.Horizontal.Output, _shape.Horizontal.Window);
        float* phases = _phases + (nint)row * _shape.Horizontal.Stride * _phasePitch;
        float* rowBest = _best + (nint)row * _pitch;
        float* rowTaps = _taps + (nint)row * _pitch;
        int* tapOffsets = _tapOffsets;
        for (int ow = 0; ow < columns; ow += V.Count)
        {
            V best = V.Load(phases + tapOffsets[0] + ow);
            V bestTap = V.Load(_firstTaps + ow);
            V tap = V.Zero;
            for (int kw = 1; kw < window; kw++)
            {
                tap += V.Broadcast(1);
                V value = V.Load(phases + tapOffsets[kw] + ow);
                if (isFinite)
                {
                    MaxTap.KeepNumber<V, TTaps>(value, tap, ref best, ref bestTap);
                }
                else
                {
                    MaxTap.Keep<V, TTaps>(value, tap, ref best, ref bestTap);
                }
            }

            best.Store(rowBest + ow);
            bestTap.Store(rowTaps + ow);
        }
    }

    private void BestOfRows<V, TTaps>(int oh, int firstRow, bool isFinite, float* output, void* argmax, nint index)
        where V : struct, IVector<V>
        where TTaps : struct, ITapStore
    {
        (int columns, int window) = (_shape.Horizontal.Output, _shape.Horizontal.Window);
        (int first, int end) = _shape.Vertical.TapsInside(oh);
        nint step = (nint)_shape.Vertical.Dilation * _pitch;
        float* rowBest = _best + firstRow * (nint)_pitch + first * step;
        float* rowTaps = _taps + firstRow * (nint)_pitch + first * step;
        V tapsPerRow = V.Broadcast(window);
        V firstTap = V.Broadcast(first * window);
        for (int column = 0; column < columns; column += V.Count)
        {
            int ow = Math.Min(column, columns - V.Count);
            V before = firstTap;
            V best = V.Load(rowBest + ow);
            V bestTap = V.Load(rowTaps + ow) + before;
            nint row = ow;
            for (int kh = first + 1; kh < end; kh++)
            {
                row += step;
                before += tapsPerRow;
                V value = V.Load(rowBest + row);
                V tap = V.Load(rowTaps + row) + before;
                if (isFinite)
                {
                    MaxTap.KeepNumber<V, TTaps>(value, tap, ref best, ref bestTap);
                }
                else
                {
                    MaxTap.Keep<V, TTaps>(value, tap, ref best, ref bestTap);
                }
            }

            best.Store(output + index + ow);
            TTaps.Store(bestTap, argmax, index + ow);
        }
    }
}

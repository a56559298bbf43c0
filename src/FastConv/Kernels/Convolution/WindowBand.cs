using System.Runtime.Intrinsics;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The part of a source that the windows of a range of columns see, copied with its padding, so that an element of the
/// <see cref="WindowMatrix"/> is found by adding the offset of its row to the place of its column, without a question about edges. Rows
/// are sorted by column residue modulo the stride, so that neighbouring results are neighbours in memory:
/// <code>
/// [image][channel][row][residue][pixel]      source column = lowest + pixel * stride + residue
/// </code>
/// Planes that are the matrix already (<see cref="WindowMatrix.IsPlanes"/>) are not copied: the band is the source.
/// </summary>
internal readonly unsafe struct WindowBand
{
    // Vectors that blend the ends of two rows read up to a vector before the first and behind the last.
    private const int Slack = 16;

    private readonly WindowMatrix _matrix;
    private readonly int _firstImage;
    private readonly int _firstRow;
    private readonly int _pitch;
    private readonly int _rowStride;
    private readonly int _channelStride;
    private readonly int _imageStride;
    private readonly float* _data;

    /// <param name="matrix">The windows.</param>
    /// <param name="firstColumn">First of the range.</param>
    /// <param name="endColumn">After the last of the range.</param>
    /// <param name="channels">How many channels are held at once.</param>
    /// <param name="scratch"><see cref="LengthFor"/> floats.</param>
    public WindowBand(WindowMatrix matrix, int firstColumn, int endColumn, int channels, float* scratch)
    {
        _matrix = matrix;
        _firstImage = firstColumn / matrix.Plane;
        if (matrix.IsPlanes)
        {
            _channelStride = matrix.Plane;
            return;
        }

        _firstRow = firstColumn % matrix.Plane / matrix.Horizontal.Output;
        Images = (endColumn - 1) / matrix.Plane - _firstImage + 1;
        int endRow = Images > 1 ? matrix.Vertical.Output : (endColumn - 1) % matrix.Plane / matrix.Horizontal.Output + 1;
        Rows = RowsFor(matrix, endRow - (Images > 1 ? 0 : _firstRow));
        _pitch = PitchFor(matrix);
        _rowStride = matrix.Horizontal.Stride * _pitch;
        _channelStride = Rows * _rowStride;
        _imageStride = channels * _channelStride;
        _data = scratch + Slack;
    }

    private int Images { get; }

    private int Rows { get; }

    /// <summary>Floats that a band of so many columns and channels can take.</summary>
    public static long LengthFor(WindowMatrix matrix, int columns, int channels)
    {
        if (matrix.IsPlanes)
        {
            return 0;
        }

        // A range touches at most two more rows, and images, than it would fill.
        int images = Math.Min(matrix.Columns / matrix.Plane, (columns - 1) / matrix.Plane + 2);
        int rows = images > 1 ? matrix.Vertical.Output : Math.Min(matrix.Vertical.Output, (columns - 1) / matrix.Horizontal.Output + 2);
        return (long)images * channels * RowsFor(matrix, rows) * matrix.Horizontal.Stride * PitchFor(matrix) + 2 * Slack;
    }

    /// <summary>Copies channels [first, end) of the source.</summary>
    public void Fill(int firstChannel, int endChannel)
    {
        for (int image = 0; image < Images; image++)
        {
            for (int channel = firstChannel; channel < endChannel; channel++)
            {
                float* plane = _data + (nint)image * _imageStride + (nint)(channel - firstChannel) * _channelStride;
                FillPlane(_matrix.PlaneOf(_firstImage + image, channel), image == 0 ? _firstRow : 0, plane);
            }
        }
    }

    /// <summary>What a row of the matrix adds to the place of a column; channels are counted from the first that was filled.</summary>
    public void RowOffsets(int channels, int* offsets)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int kh = 0; kh < _matrix.Vertical.Taps; kh++)
            {
                int row = _matrix.Vertical.First + kh * _matrix.Vertical.Spacing - _matrix.Vertical.Lowest;
                for (int kw = 0; kw < _matrix.Horizontal.Taps; kw++)
                {
                    int column = _matrix.Horizontal.First + kw * _matrix.Horizontal.Spacing - _matrix.Horizontal.Lowest;
                    (int pixel, int residue) = Math.DivRem(column, _matrix.Horizontal.Stride);
                    *offsets++ = channel * _channelStride + row * _rowStride + residue * _pitch + pixel;
                }
            }
        }
    }

    /// <summary>The place of a column, and how many columns from it on lie side by side.</summary>
    /// <param name="column">Column of the matrix.</param>
    /// <param name="firstChannel">The channel that row offsets are counted from.</param>
    /// <param name="contiguous">Columns from this one to the end of its row, or plane.</param>
    public float* ColumnPlace(int column, int firstChannel, out int contiguous)
    {
        (int image, int pixel) = Math.DivRem(column, _matrix.Plane);
        if (_data == null)
        {
            contiguous = _matrix.Plane - pixel;
            return _matrix.PlaneOf(image, firstChannel) + pixel;
        }

        (int row, int rowPixel) = Math.DivRem(pixel, _matrix.Horizontal.Output);
        contiguous = _matrix.Horizontal.Output - rowPixel;
        image -= _firstImage;
        row -= image == 0 ? _firstRow : 0;
        return _data + (nint)image * _imageStride + (nint)row * _matrix.Vertical.Stride * _rowStride + rowPixel;
    }

    /// <summary>The places of columns [first, first + count) as offsets from the place of the first; returns that place.</summary>
    public float* ColumnOffsets(int first, int count, int firstChannel, int* offsets)
    {
        float* origin = ColumnPlace(first, firstChannel, out _);
        for (int column = 0; column < count;)
        {
            int offset = (int)(ColumnPlace(first + column, firstChannel, out int contiguous) - origin);
            for (int end = Math.Min(count, column + contiguous); column < end; column++)
            {
                offsets[column] = offset++;
            }
        }

        return origin;
    }

    private static int RowsFor(WindowMatrix matrix, int results) => (results - 1) * matrix.Vertical.Stride + matrix.Vertical.Reach + 1;

    private static int PitchFor(WindowMatrix matrix) => matrix.Horizontal.Output + matrix.Horizontal.Reach / matrix.Horizontal.Stride;

    private void FillPlane(float* source, int firstResult, float* rows)
    {
        int firstRow = firstResult * _matrix.Vertical.Stride + _matrix.Vertical.Lowest;
        for (int row = 0; row < Rows; row++)
        {
            int ih = firstRow + row;
            if (!IsSeen(row))
            {
            }
            else if ((uint)ih < (uint)_matrix.Vertical.Source)
            {
                for (int residue = 0; residue < _matrix.Horizontal.Stride; residue++)
                {
                    FillRow(source + (nint)ih * _matrix.Horizontal.Source, residue, rows + residue * _pitch);
                }
            }
            else
            {
                new Span<float>(rows, _rowStride).Clear();
            }

            rows += _rowStride;
        }
    }

    // With a stride beyond the reach of the taps, some rows lie under no window.
    private bool IsSeen(int row) => row % _matrix.Vertical.Stride <= _matrix.Vertical.Reach;

    private void FillRow(float* source, int residue, float* pixels)
    {
        int stride = _matrix.Horizontal.Stride;
        if (residue > _matrix.Horizontal.Reach)
        {
            return;
        }

        // Pixels [first, end) lie on the image, the others on padding.
        int offset = _matrix.Horizontal.Lowest + residue;
        int first = Math.Clamp((stride - 1 - offset) / stride, 0, _pitch);
        int end = Math.Clamp((_matrix.Horizontal.Source - offset + stride - 1) / stride, first, _pitch);
        new Span<float>(pixels, first).Clear();
        new Span<float>(pixels + end, _pitch - end).Clear();
        source += offset + first * stride;
        if (stride == 1)
        {
            new ReadOnlySpan<float>(source, end - first).CopyTo(new Span<float>(pixels + first, end - first));
        }
        else
        {
            StridedCopy.Gather(source, stride, end - first, pixels + first);
        }
    }
}

using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The part of a source that the windows of a range of columns see, copied with its padding, so that an element of the
/// <see cref="WindowMatrix"/> is found by adding the offset of its row to the place of its column, without a question about edges. In a sorted
/// band, rows are sorted by column residue modulo the stride, so that neighbouring results are neighbours in memory:
/// <code>
/// sorted     [image][channel][row][residue][pixel]      source column = lowest + pixel * stride + residue
/// unsorted   [image][channel][row][pixel]               source column = lowest + pixel
/// </code>
/// Where no window touches padding and nothing needs sorting, nothing is copied: the band is the source.
/// </summary>
internal readonly unsafe struct WindowBand
{
    // Vectors read up to one of their lengths before the first and behind the last pixel, and write as far behind it.
    private const int Slack = 16;

    // Floats: 256 MB.
    private const long LargestLength = 1 << 26;

    // Sorted rows keep two numbers a residue of the stride on the stack.
    private const int MostResidues = 1 << 12;

    private readonly WindowMatrix _matrix;
    private readonly int _firstImage;
    private readonly int _firstRow;
    private readonly int _images;
    private readonly int _endRow;
    private readonly BandLayout _layout;
    private readonly int _channelStride;
    private readonly nint _imageStride;
    private readonly float* _data;

    /// <param name="matrix">The windows.</param>
    /// <param name="firstColumn">First of the range.</param>
    /// <param name="endColumn">After the last of the range.</param>
    /// <param name="channels">How many channels are held at once.</param>
    /// <param name="isSorted">Whether neighbouring results must be neighbours in memory.</param>
    /// <param name="scratch"><see cref="LengthFor(WindowMatrix, int, int, bool)"/> floats.</param>
    public WindowBand(WindowMatrix matrix, int firstColumn, int endColumn, int channels, bool isSorted, float* scratch)
    {
        _matrix = matrix;
        _layout = new BandLayout(matrix, isSorted);
        if (_layout.IsSource)
        {
            _channelStride = matrix.SourcePlane;
            return;
        }

        _firstImage = firstColumn / matrix.Plane;
        _images = (endColumn - 1) / matrix.Plane - _firstImage + 1;
        _firstRow = firstColumn % matrix.Plane / matrix.Horizontal.Output;
        _endRow = (endColumn - 1) % matrix.Plane / matrix.Horizontal.Output + 1;
        int rows = _images switch
        {
            1 => _layout.RowsFor(_endRow - _firstRow),
            2 => _layout.RowsFor(Math.Max(matrix.Vertical.Output - _firstRow, _endRow)),
            _ => _layout.RowsFor(matrix.Vertical.Output),
        };
        _channelStride = rows * _layout.RowStride;
        _imageStride = (nint)channels * _channelStride;
        _data = scratch + Slack;
    }

    /// <summary>Whether the band is the caller's own memory, of which nothing but windows may be read.</summary>
    public bool IsSource => _layout.IsSource;

    /// <summary>Floats that a band of so many columns and channels can take.</summary>
    public static long LengthFor(WindowMatrix matrix, int columns, int channels, bool isSorted) =>
        LengthFor(matrix, columns, channels, isSorted, Math.Min(matrix.Columns / matrix.Plane, (columns - 1) / matrix.Plane + 2));

    /// <summary>Floats that it does take unless its columns begin in the middle of an image and end in the next.</summary>
    public static long TypicalLengthFor(WindowMatrix matrix, int columns, int channels, bool isSorted) =>
        LengthFor(matrix, columns, channels, isSorted, (columns - 1) / matrix.Plane + 1);

    /// <summary>Whether any band of the matrix stays within bounds: strides of thousands of pixels would leave it mostly empty, and huge.</summary>
    public static bool Fits(WindowMatrix matrix, int columns, int channels, bool isSorted)
    {
        long row = (long)matrix.Horizontal.Output * matrix.Horizontal.Stride + matrix.Horizontal.Reach + matrix.Horizontal.Stride;
        return (!isSorted || matrix.Horizontal.Stride <= MostResidues) && row <= LargestLength && LengthFor(matrix, columns, channels, isSorted) <= LargestLength;
    }

    private static long LengthFor(WindowMatrix matrix, int columns, int channels, bool isSorted, int images)
    {
        var layout = new BandLayout(matrix, isSorted);
        if (layout.IsSource)
        {
            return 0;
        }

        // A range in one image, or the end of one and the start of the next, touches two more rows than it would fill.
        int rows = images > 2 ? matrix.Vertical.Output : Math.Min(matrix.Vertical.Output, (columns - 1) / matrix.Horizontal.Output + 2);
        return (long)images * channels * layout.RowsFor(rows) * layout.RowStride + 2 * Slack;
    }

    /// <summary>Copies channels [first, end) of the source.</summary>
    public void Fill<V>(int firstChannel, int endChannel)
        where V : struct, IVector<V>
    {
        for (int image = 0; image < _images; image++)
        {
            // The first image from the first row on, the last up to the last.
            int firstRow = image == 0 ? _firstRow : 0;
            int endRow = image == _images - 1 ? _endRow : _matrix.Vertical.Output;
            int rows = _layout.RowsFor(endRow - firstRow);
            for (int channel = firstChannel; channel < endChannel; channel++)
            {
                float* plane = _data + image * _imageStride + (nint)(channel - firstChannel) * _channelStride;
                _layout.FillRows<V>(_matrix.PlaneOf(_firstImage + image, channel), firstRow, rows, plane);
            }
        }
    }

    /// <summary>What a row of the matrix adds to the place of a column; channels are counted from the first that was filled.</summary>
    public void RowOffsets(int channels, int* offsets)
    {
        TapAxis vertical = _matrix.Vertical;
        TapAxis horizontal = _matrix.Horizontal;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int kh = 0; kh < vertical.Taps; kh++)
            {
                int row = channel * _channelStride + (kh * vertical.Spacing + vertical.First - vertical.Lowest) * _layout.RowStride;
                for (int kw = 0; kw < horizontal.Taps; kw++)
                {
                    *offsets++ = row + _layout.PixelOf(kw * horizontal.Spacing + horizontal.First - horizontal.Lowest);
                }
            }
        }
    }

    /// <summary>The place of a column, and how many columns from it on are neighbours.</summary>
    /// <param name="column">Column of the matrix.</param>
    /// <param name="firstChannel">The channel that row offsets are counted from.</param>
    /// <param name="neighbours">Columns from this one to the end of its row, or plane.</param>
    public float* ColumnPlace(int column, int firstChannel, out int neighbours)
    {
        (int image, int pixel) = Math.DivRem(column, _matrix.Plane);
        if (_layout.IsSource && _matrix.IsPlanes)
        {
            neighbours = _matrix.Plane - pixel;
            return _matrix.PlaneOf(image, firstChannel) + pixel;
        }

        (int row, int rowPixel) = Math.DivRem(pixel, _matrix.Horizontal.Output);
        neighbours = _matrix.Horizontal.Output - rowPixel;
        nint pixelPlace = (nint)rowPixel * _layout.PixelStep;
        nint rowPlace = (nint)_matrix.Vertical.Stride * _layout.RowStride;
        if (_layout.IsSource)
        {
            rowPlace = row * rowPlace + (nint)_matrix.Vertical.Lowest * _layout.RowStride;
            return _matrix.PlaneOf(image, firstChannel) + rowPlace + _matrix.Horizontal.Lowest + pixelPlace;
        }

        row -= image == _firstImage ? _firstRow : 0;
        return _data + (image - _firstImage) * _imageStride + row * rowPlace + pixelPlace;
    }

    /// <summary>The places of columns [first, first + count) as offsets from the place of the first; returns that place.</summary>
    public float* ColumnOffsets(int first, int count, int firstChannel, int* offsets)
    {
        float* origin = ColumnPlace(first, firstChannel, out _);
        for (int column = 0; column < count;)
        {
            int offset = (int)(ColumnPlace(first + column, firstChannel, out int neighbours) - origin);
            for (int end = Math.Min(count, column + neighbours); column < end; column++)
            {
                offsets[column] = offset;
                offset += _layout.PixelStep;
            }
        }

        return origin;
    }
}

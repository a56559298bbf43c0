using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>How the rows of a <see cref="WindowBand"/> lie, and how one channel is copied into them.</summary>
internal readonly unsafe struct BandLayout
{
    private readonly TapAxis _vertical;
    private readonly TapAxis _horizontal;
    private readonly int _residues;
    private readonly int _pitch;

    public BandLayout(WindowMatrix matrix, bool isSorted)
    {
        _vertical = matrix.Vertical;
        _horizontal = matrix.Horizontal;
        int stride = _horizontal.Stride;
        IsSource = _vertical.IsInside && _horizontal.IsInside && (stride == 1 || !isSorted);
        _residues = isSorted && !IsSource ? stride : 1;
        PixelStep = stride / _residues;
        _pitch = IsSource ? _horizontal.Source : (_horizontal.Output - 1) * PixelStep + _horizontal.Reach / _residues + 1;
    }

    /// <summary>Whether the band is the source itself.</summary>
    public bool IsSource { get; }

    /// <summary>Between the places of neighbouring results.</summary>
    public int PixelStep { get; }

    /// <summary>Between rows.</summary>
    public int RowStride => _residues * _pitch;

    /// <summary>Rows that the windows of so many rows of results see.</summary>
    public int RowsFor(int results) => (results - 1) * _vertical.Stride + _vertical.Reach + 1;

    /// <summary>Where in a row the pixel lies that is so many columns right of the lowest.</summary>
    public int PixelOf(int column)
    {
        (int pixel, int residue) = Math.DivRem(column, _residues);
        return residue * _pitch + pixel;
    }

    /// <summary>
    /// Copies the rows that results from <paramref name="firstResult"/> on see. Vectors that stick out behind a row are written over by the next.
    /// </summary>
    public void FillRows<V>(float* plane, int firstResult, int rows, float* destination)
        where V : struct, IVector<V>
    {
        int ih = firstResult * _vertical.Stride + _vertical.Lowest;
        for (int row = 0; row < rows; row++, ih++)
        {
            // With a stride beyond the reach of the taps, some rows and residues lie under no window.
            if (row % _vertical.Stride <= _vertical.Reach)
            {
                bool isInside = (uint)ih < (uint)_vertical.Source;
                for (int residue = 0; residue < _residues && residue <= _horizontal.Reach; residue++)
                {
                    FillRow<V>(isInside ? plane + (nint)ih * _horizontal.Source : null, residue, destination + residue * _pitch);
                }
            }

            destination += RowStride;
        }
    }

    private void FillRow<V>(float* source, int residue, float* pixels)
        where V : struct, IVector<V>
    {
        // Pixels [first, end) lie on the image, the others on padding.
        int offset = _horizontal.Lowest + residue;
        int first = 0;
        int end = 0;
        if (source != null)
        {
            first = offset >= 0 ? 0 : Math.Min(_pitch, (_residues - 1 - offset) / _residues);
            end = Math.Clamp((_horizontal.Source - offset + _residues - 1) / _residues, first, _pitch);
            Clear<V>(pixels, first);
            if (_residues == 1)
            {
                Copy<V>(source + offset + first, end - first, pixels + first);
            }
            else
            {
                StridedCopy.Gather(source + offset + first * _residues, _residues, end - first, pixels + first);
            }
        }

        Clear<V>(pixels + end, _pitch - end);
    }

    private static void Clear<V>(float* destination, int length)
        where V : struct, IVector<V>
    {
        for (int i = 0; i < length; i += V.Count)
        {
            V.Zero.Store(destination + i);
        }
    }

    private static void Copy<V>(float* source, int length, float* destination)
        where V : struct, IVector<V>
    {
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            V.Load(source + i).Store(destination + i);
        }

        if (i < length)
        {
            V.LoadFirst(source + i, length - i).Store(destination + i);
        }
    }
}

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
        // Pixels [first, end) of a row lie on the image, the others on padding.
        int seen = Math.Min(_residues, _horizontal.Reach + 1);
        int* firsts = stackalloc int[seen];
        int* ends = stackalloc int[seen];
        for (int residue = 0; residue < seen; residue++)
        {
            int offset = _horizontal.Lowest + residue;
            firsts[residue] = offset >= 0 ? 0 : Math.Min(_pitch, (_residues - 1 - offset) / _residues);
            ends[residue] = Math.Clamp((_horizontal.Source - offset + _residues - 1) / _residues, firsts[residue], _pitch);
        }

        int ih = firstResult * _vertical.Stride + _vertical.Lowest;
        int phase = 0;
        for (int row = 0; row < rows; row++, ih++)
        {
            // With a stride beyond the reach of the taps, some rows and residues lie under no window.
            for (int residue = 0; residue < seen && phase <= _vertical.Reach; residue++)
            {
                float* pixels = destination + residue * _pitch;
                int first = firsts[residue];
                int end = ends[residue];
                if ((uint)ih < (uint)_vertical.Source)
                {
                    StridedCopy.Clear<V>(pixels, first);
                    StridedCopy.Copy<V>(plane + (nint)ih * _horizontal.Source + _horizontal.Lowest + residue + first * _residues, _residues, end - first, pixels + first);
                }
                else
                {
                    end = 0;
                }

                StridedCopy.Clear<V>(pixels + end, _pitch - end);
            }

            destination += RowStride;
            phase = phase + 1 == _vertical.Stride ? 0 : phase + 1;
        }
    }
}

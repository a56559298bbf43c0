using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// A plane whose rows fit one vector, read in place at step 1: lanes that lie on padding are masked, rows that do are read from zeros. For
/// planes with floats around them that may be read.
/// </summary>
internal readonly unsafe struct DepthwiseNarrowPlane(in DepthwiseLayout layout, float* plane, float* zeros)
{
    private readonly float* _first = plane - layout.Horizontal.Before;
    private readonly float* _zeros = zeros;
    private readonly int _rows = layout.Vertical.Source;
    private readonly int _before = layout.Horizontal.Before;
    private readonly int _width = layout.Horizontal.Source;

    /// <summary>Zeros that stand for a row.</summary>
    public const int ZerosLength = 2 * SimdDispatch.ReductionLanes;

    /// <summary>Whether rows of this source and its results fit a vector.</summary>
    public static bool Fits<V>(in DepthwiseLayout layout)
        where V : struct, IVector<V> =>
        layout.Phases == 1 && layout.Vertical.Step == 1 && layout.Horizontal.Span == 3 && layout.Horizontal.Source <= V.Count && layout.Horizontal.Result <= V.Count
        && layout.Horizontal.Before is >= 0 and <= 2;

    /// <summary>Whether there is enough to read on both sides of the plane.</summary>
    public static bool IsInside<V>(in DepthwiseLayout layout, float* plane, float* start, float* end)
        where V : struct, IVector<V> =>
        plane - start >= layout.Horizontal.Before
        && end - plane >= layout.Vertical.Source * layout.Horizontal.Source + V.Count + 2;

    /// <summary>Where tap 0 of the first result lies in a row of the source, or of zeros.</summary>
    public float* Row(int row) => (uint)row < (uint)_rows ? _first + row * _width : _zeros;

    /// <summary>The results whose tap lies on the image.</summary>
    public V MaskOf<V>(int tap)
        where V : struct, IVector<V> =>
        V.Select(V.MaskFirst(_before - tap), V.Zero, V.MaskFirst(_width + _before - tap));
}

using FastConv.Shapes;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The windows of a batch as a matrix [K, P] that never exists as a whole: row (channel, kh, kw), column = result pixel, numbered through all
/// images. Element (row, column) is the source pixel under that tap of that window, zero where it is padding.
/// </summary>
internal readonly unsafe struct WindowMatrix(TapAxis vertical, TapAxis horizontal, float* source, int imageStride, int channels, int images)
{
    public TapAxis Vertical { get; } = vertical;

    public TapAxis Horizontal { get; } = horizontal;

    /// <summary>Planes of the source, as many as a group has.</summary>
    public int Channels { get; } = channels;

    /// <summary>Rows that one channel has.</summary>
    public int Taps => Vertical.Taps * Horizontal.Taps;

    /// <summary>Columns that one image has.</summary>
    public int Plane => Vertical.Output * Horizontal.Output;

    public int Columns => images * Plane;

    /// <summary>Whether a row of the matrix is a plane of the source: one tap, and every result lies on a pixel of its own.</summary>
    public bool IsPlanes => Vertical.IsIdentity && Horizontal.IsIdentity;

    public int SourcePlane => Vertical.Source * Horizontal.Source;

    /// <summary>A plane of the source.</summary>
    public float* PlaneOf(int image, int channel) => source + (nint)image * imageStride + (nint)channel * SourcePlane;

    /// <summary>The same over the channels of another group.</summary>
    public WindowMatrix OfGroup(int group) =>
        new(Vertical, Horizontal, source + (nint)group * Channels * SourcePlane, imageStride, Channels, images);
}

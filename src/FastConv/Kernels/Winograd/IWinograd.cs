using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// The one-dimensional transforms of F(m, r): m outputs of r taps from m + r - 1 products, one at each interpolation point. In two dimensions each is
/// applied along the columns, then along the rows. All read and write vectors in memory, element i at <c>i * step</c>.
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks" (CVPR 2016).
/// </summary>
internal unsafe interface IWinograd
{
    /// <summary>m: outputs of a tile along an axis.</summary>
    static abstract int Tile { get; }

    /// <summary>r: taps of a filter along an axis.</summary>
    static abstract int Taps { get; }

    /// <summary>m + r - 1: points, and inputs of a tile along an axis.</summary>
    static abstract int Points { get; }

    /// <summary>B^T: the inputs of a tile to points. May work in place.</summary>
    static abstract void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>A^T: points to m outputs.</summary>
    static abstract void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>G: r taps to points.</summary>
    static abstract void Filter<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>The G of F(r, m): m gradients of outputs to points.</summary>
    static abstract void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>The A^T of F(r, m): points to the gradients of r taps.</summary>
    static abstract void FilterGradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;
}

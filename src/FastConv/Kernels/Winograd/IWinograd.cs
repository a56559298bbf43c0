using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// The one-dimensional transforms of F(m, 3): m outputs of three taps from m + 2 products, one at each interpolation point. In two dimensions each is
/// applied along the columns, then along the rows. All read and write vectors in memory, element i at <c>i * step</c>.
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks" (CVPR 2016).
/// </summary>
internal unsafe interface IWinograd
{
    /// <summary>m: outputs of a tile along an axis.</summary>
    static abstract int Tile { get; }

    /// <summary>m + 2: points, and inputs of a tile along an axis.</summary>
    static abstract int Points { get; }

    /// <summary>B^T: m + 2 inputs to m + 2 points. May work in place.</summary>
    static abstract void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>A^T: m + 2 points to m outputs.</summary>
    static abstract void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>G: three taps to m + 2 points.</summary>
    static abstract void Filter<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>The G of F(3, m): m gradients of outputs to m + 2 points.</summary>
    static abstract void Gradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;

    /// <summary>The A^T of F(3, m): m + 2 points to the gradients of three taps.</summary>
    static abstract void FilterGradient<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : struct, IVector<V>;
}

namespace FastConv.Primitives;

/// <summary>How a convolution is computed. All agree to rounding; <see cref="Auto"/> picks by shape.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>The first algorithm of <c>ConvolutionPlan</c>'s list that is meant for the shape.</summary>
    Auto,

    /// <summary>Windows laid out as columns and multiplied with the weights; backward to the input multiplies, then col2im. Does every shape and pass.</summary>
    Im2ColGemm,

    /// <summary>A matrix product whose windows are packed straight from the image, without columns in memory. Does every shape and pass.</summary>
    ImplicitGemm,

    /// <summary>Straight from the definition, a row at a time. Does every shape and pass.</summary>
    Direct,

    /// <summary>
    /// Backward to the input only: convolves the output gradient, spread by the stride and padded, with the rotated kernel.
    /// </summary>
    RotatedKernel,

    /// <summary>
    /// Plane by plane from padded bands of rows: the choice where a filter sees one channel (depthwise, with or without a multiplier), and for
    /// nothing else.
    /// </summary>
    Depthwise,

    /// <summary>
    /// Tiles of 4 x 4 outputs by Winograd's F(4x4, 3x3): a quarter of the multiplications, 2 to 2.7 times the rounding error of a plain sum. For 3 x 3 taps
    /// at stride 1, without dilation and groups.
    /// </summary>
    Winograd4x4,

    /// <summary>Tiles of 2 x 2 outputs by F(2x2, 3x3), 2.25 times fewer multiplications, about as exact as a plain sum; for the same shapes.</summary>
    Winograd2x2,

    /// <summary>
    /// Tiles of 2 x 2 outputs by F(2x2, 5x5): 2.78 times fewer multiplications, 1.3 to 2.7 times the rounding error of a plain sum. For 5 x 5 taps at stride 1,
    /// without dilation and groups.
    /// </summary>
    Winograd5x5,
}

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
}

using FastConv.Shapes;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// One axis of an image cut into tiles: tile t reads the pixels from <c>t * tile - before</c> on and makes the outputs from <c>t * tile</c> on.
/// </summary>
/// <param name="Input">Pixels that are read.</param>
/// <param name="Output">Pixels that are made.</param>
/// <param name="Before">Zeros before the first pixel.</param>
internal readonly record struct TileAxis(int Input, int Output, int Before)
{
    public static TileAxis Forward(WindowAxis axis) => new(axis.Input, axis.Output, axis.PaddingBefore);

    /// <summary>The gradient of the input: outputs read with the turned kernel.</summary>
    public static TileAxis Gradient(WindowAxis axis) => new(axis.Output, axis.Input, axis.Window - 1 - axis.PaddingBefore);

    /// <summary>The outputs alone, for their gradients.</summary>
    public static TileAxis Outputs(WindowAxis axis) => new(axis.Output, axis.Output, 0);

    public int Tiles(int tile) => (Output - 1) / tile + 1;
}

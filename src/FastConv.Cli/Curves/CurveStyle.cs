namespace FastConv.Cli.Curves;

/// <summary>How a curve is drawn.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Color">Of middle lightness, for white and black grounds.</param>
/// <param name="Width">Of the line.</param>
/// <param name="MostDots">Points are marked where there are no more than these.</param>
internal sealed record CurveStyle(string Name, string Color, double Width, int MostDots)
{
    public static CurveStyle Training { get; } = new("training", "#3d8bfd", 1.6, 1);

    public static CurveStyle Validation { get; } = new("validation", "#ec7a1c", 2.4, 40);
}

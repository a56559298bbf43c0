using System.Numerics;

namespace FastConv.Data;

/// <summary>
/// One stroke of the pen, through control points in a unit square (x to the right, y down), straight from point to point or as a curve.
/// </summary>
internal readonly record struct DigitStroke(bool IsCurve, Vector2[] Points)
{
    /// <summary>Straight lines through (x, y) pairs.</summary>
    public static DigitStroke Line(params ReadOnlySpan<float> coordinates) => new(false, Pairs(coordinates));

    /// <summary>A smooth curve through (x, y) pairs.</summary>
    public static DigitStroke Curve(params ReadOnlySpan<float> coordinates) => new(true, Pairs(coordinates));

    /// <summary>A piece of an ellipse; angles in degrees, 0 to the right, 90 down.</summary>
    public static DigitStroke Arc(float x, float y, float radiusX, float radiusY, float from, float to)
    {
        const float DegreesAPoint = 40;
        int pieces = Math.Max(2, (int)MathF.Ceiling(MathF.Abs(to - from) / DegreesAPoint));
        var points = new Vector2[pieces + 1];
        for (int index = 0; index <= pieces; index++)
        {
            (float sin, float cos) = MathF.SinCos((from + (to - from) * index / pieces) * (MathF.PI / 180));
            points[index] = new Vector2(x + radiusX * cos, y + radiusY * sin);
        }

        return new DigitStroke(true, points);
    }

    private static Vector2[] Pairs(ReadOnlySpan<float> coordinates)
    {
        var points = new Vector2[coordinates.Length / 2];
        for (int index = 0; index < points.Length; index++)
        {
            points[index] = new Vector2(coordinates[2 * index], coordinates[2 * index + 1]);
        }

        return points;
    }
}

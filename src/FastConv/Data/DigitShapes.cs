using static FastConv.Data.DigitStroke;

namespace FastConv.Data;

/// <summary>How each digit is written: one or more ways, each a list of strokes.</summary>
internal static class DigitShapes
{
    /// <summary>How many digits there are.</summary>
    public const int Count = 10;

    private static readonly DigitStroke[][][] Variants =
    [
        [ // 0: an oval; an oval that closes with an overlap; a slim one
            [Arc(0.50f, 0.50f, 0.27f, 0.40f, -90, 270)],
            [Arc(0.50f, 0.50f, 0.30f, 0.38f, -50, -440)],
            [Arc(0.50f, 0.50f, 0.19f, 0.40f, -110, 265)],
        ],
        [ // 1: a bar; a bar with a flag; a flag and a foot
            [Line(0.50f, 0.10f, 0.50f, 0.90f)],
            [Line(0.34f, 0.28f, 0.53f, 0.10f, 0.53f, 0.90f)],
            [Line(0.34f, 0.26f, 0.52f, 0.10f, 0.52f, 0.90f), Line(0.32f, 0.90f, 0.72f, 0.90f)],
        ],
        [ // 2: with a corner below; with a loop below; round with a wavy foot
            [Curve(0.24f, 0.28f, 0.34f, 0.13f, 0.54f, 0.09f, 0.73f, 0.20f, 0.72f, 0.39f, 0.55f, 0.60f, 0.24f, 0.89f), Line(0.24f, 0.89f, 0.78f, 0.88f)],
            [Curve(0.25f, 0.25f, 0.40f, 0.11f, 0.62f, 0.12f, 0.70f, 0.30f, 0.58f, 0.55f, 0.36f, 0.84f, 0.24f, 0.88f, 0.22f, 0.76f, 0.36f, 0.73f, 0.56f, 0.86f, 0.80f, 0.84f)],
            [Curve(0.26f, 0.30f, 0.38f, 0.10f, 0.66f, 0.12f, 0.70f, 0.36f, 0.46f, 0.66f, 0.22f, 0.86f, 0.44f, 0.80f, 0.62f, 0.90f, 0.80f, 0.80f)],
        ],
        [ // 3: two bows; a flat top; bows with a small loop between
            [Curve(0.27f, 0.20f, 0.42f, 0.09f, 0.64f, 0.13f, 0.70f, 0.28f, 0.60f, 0.43f, 0.44f, 0.48f), Curve(0.44f, 0.48f, 0.64f, 0.52f, 0.75f, 0.67f, 0.66f, 0.84f, 0.46f, 0.91f, 0.24f, 0.82f)],
            [Line(0.26f, 0.12f, 0.72f, 0.12f, 0.46f, 0.42f), Curve(0.46f, 0.42f, 0.66f, 0.48f, 0.75f, 0.65f, 0.66f, 0.83f, 0.46f, 0.90f, 0.24f, 0.82f)],
            [Curve(0.28f, 0.18f, 0.48f, 0.08f, 0.68f, 0.20f, 0.60f, 0.40f, 0.40f, 0.49f, 0.40f, 0.43f, 0.62f, 0.50f, 0.74f, 0.70f, 0.58f, 0.89f, 0.26f, 0.86f)],
        ],
        [ // 4: open above; closed above; open with a round corner
            [Line(0.32f, 0.12f, 0.24f, 0.56f, 0.78f, 0.56f), Line(0.66f, 0.14f, 0.62f, 0.92f)],
            [Line(0.62f, 0.92f, 0.62f, 0.08f, 0.20f, 0.62f, 0.82f, 0.62f)],
            [Curve(0.30f, 0.10f, 0.24f, 0.34f, 0.30f, 0.52f, 0.50f, 0.54f, 0.70f, 0.44f), Line(0.72f, 0.10f, 0.66f, 0.92f)],
        ],
        [ // 5: a bar on top, set last; one stroke; a round one
            [Curve(0.34f, 0.12f, 0.31f, 0.30f, 0.30f, 0.46f), Curve(0.30f, 0.46f, 0.50f, 0.40f, 0.70f, 0.50f, 0.74f, 0.70f, 0.60f, 0.87f, 0.40f, 0.91f, 0.24f, 0.82f), Line(0.34f, 0.12f, 0.74f, 0.11f)],
            [Line(0.74f, 0.12f, 0.34f, 0.12f, 0.30f, 0.46f), Curve(0.30f, 0.46f, 0.54f, 0.42f, 0.72f, 0.56f, 0.70f, 0.77f, 0.52f, 0.90f, 0.25f, 0.86f)],
            [Curve(0.72f, 0.10f, 0.46f, 0.13f, 0.33f, 0.26f, 0.36f, 0.41f, 0.58f, 0.52f, 0.68f, 0.68f, 0.58f, 0.87f, 0.36f, 0.90f, 0.24f, 0.80f)],
        ],
        [ // 6: a bow with a loop; a straighter stem with a small loop
            [Curve(0.66f, 0.10f, 0.44f, 0.26f, 0.29f, 0.52f, 0.28f, 0.74f, 0.42f, 0.90f, 0.62f, 0.88f, 0.73f, 0.72f, 0.64f, 0.56f, 0.46f, 0.54f, 0.30f, 0.68f)],
            [Curve(0.46f, 0.08f, 0.34f, 0.36f, 0.29f, 0.66f, 0.36f, 0.85f, 0.52f, 0.91f, 0.68f, 0.80f, 0.66f, 0.65f, 0.50f, 0.60f, 0.32f, 0.72f)],
        ],
        [ // 7: a bar and a slant; with a crossbar; with a bow
            [Line(0.22f, 0.14f, 0.76f, 0.13f, 0.42f, 0.92f)],
            [Line(0.22f, 0.14f, 0.76f, 0.12f, 0.44f, 0.92f), Line(0.36f, 0.52f, 0.70f, 0.50f)],
            [Line(0.24f, 0.24f, 0.25f, 0.13f, 0.74f, 0.13f), Curve(0.74f, 0.13f, 0.60f, 0.38f, 0.50f, 0.62f, 0.48f, 0.92f)],
        ],
        [ // 8: two rings; one stroke that crosses itself
            [Arc(0.50f, 0.29f, 0.19f, 0.19f, 90, 450), Arc(0.50f, 0.69f, 0.24f, 0.21f, -90, 270)],
            [Curve(0.70f, 0.20f, 0.52f, 0.09f, 0.33f, 0.18f, 0.34f, 0.34f, 0.52f, 0.47f, 0.69f, 0.61f, 0.70f, 0.79f, 0.51f, 0.91f, 0.31f, 0.80f, 0.32f, 0.63f, 0.50f, 0.48f, 0.68f, 0.34f, 0.70f, 0.20f)],
        ],
        [ // 9: a ring and a straight stem; one stroke; with a hook
            [Arc(0.47f, 0.32f, 0.22f, 0.22f, 0, -360), Line(0.69f, 0.24f, 0.64f, 0.92f)],
            [Curve(0.70f, 0.26f, 0.56f, 0.10f, 0.36f, 0.15f, 0.28f, 0.33f, 0.40f, 0.49f, 0.60f, 0.44f, 0.70f, 0.26f), Curve(0.70f, 0.26f, 0.66f, 0.56f, 0.56f, 0.92f)],
            [Curve(0.70f, 0.30f, 0.58f, 0.11f, 0.38f, 0.14f, 0.29f, 0.31f, 0.39f, 0.47f, 0.58f, 0.46f, 0.70f, 0.30f), Curve(0.70f, 0.30f, 0.71f, 0.62f, 0.62f, 0.85f, 0.44f, 0.91f, 0.30f, 0.83f)],
        ],
    ];

    /// <summary>The ways to write a digit.</summary>
    public static ReadOnlySpan<DigitStroke[]> Of(int digit) => Variants[digit];
}

using System.Globalization;

namespace FastConv.Cli.Curves;

/// <summary>
/// Loss and accuracy, training and validation, as an SVG picture of two panels. It has no ground of its own, and its colours are
/// readable on white and on black.
/// </summary>
internal static class CurveFigure
{
    private const double Width = 960;
    private const double Height = 380;
    private const double Top = 76;
    private const double Bottom = 330;
    private const double PanelWidth = 400;
    private const double LossLeft = 56;
    private const double AccuracyLeft = 544;
    private const double LegendWidth = 94;

    /// <summary>The picture.</summary>
    /// <param name="title">Above the panels.</param>
    /// <param name="curve">What to draw.</param>
    public static string Draw(string title, TrainingCurve curve)
    {
        var svg = new SvgText();
        FigureFrame.Open(svg, Width, Height);
        svg.Text(title, $"""class="title" x="{LossLeft}" y="28" """);
        DrawLegend(svg, curve.Validation.Count > 0 ? [CurveStyle.Training, CurveStyle.Validation] : [CurveStyle.Training]);
        double lastLoss = curve.Training.Concat(curve.Validation).Select(sample => sample.Loss).DefaultIfEmpty(1).Max();
        double leastAccuracy = curve.Training.Concat(curve.Validation).Select(sample => sample.Accuracy).DefaultIfEmpty(0).Min();
        DrawPanel(svg, "Loss", LossLeft, 0, lastLoss > 0 ? lastLoss : 1, curve, sample => sample.Loss, unit: "");
        DrawPanel(svg, "Accuracy", AccuracyLeft, Math.Min(leastAccuracy, 0.99) * 100, 100, curve, sample => sample.Accuracy * 100, unit: " %");
        svg.Close("svg");
        return svg.ToString();
    }

    private static void DrawLegend(SvgText svg, ReadOnlySpan<CurveStyle> styles)
    {
        double left = AccuracyLeft + PanelWidth - LegendWidth * styles.Length;
        foreach (CurveStyle style in styles)
        {
            svg.Element("line", $"""x1="{left}" y1="23" x2="{left + 18}" y2="23" stroke="{style.Color}" stroke-width="3" stroke-linecap="round" """);
            svg.Text(style.Name, $"""x="{left + 24}" y="27.5" """);
            left += LegendWidth;
        }
    }

    private static void DrawPanel(
        SvgText svg, string name, double left, double low, double high, TrainingCurve curve, Func<CurveSample, double> value, string unit)
    {
        // Whole epochs where there are several, steps where training ends within the first or soon after.
        bool inEpochs = curve.TotalSteps >= 2L * curve.EpochSteps;
        double perUnit = inEpochs ? curve.EpochSteps : 1;
        var across = new Axis(0, curve.TotalSteps / perUnit, left, left + PanelWidth, marks: 6, round: false);
        var up = new Axis(low, high, Bottom, Top, marks: 5, round: true);

        svg.Text(name, $"""class="panel" x="{left}" y="{Top - 18}" """);
        foreach (double tick in up.Ticks)
        {
            double y = up.Place(tick);
            svg.Element("line", $"""class="grid" x1="{left}" y1="{y}" x2="{left + PanelWidth}" y2="{y}" """);
            svg.Text(Label(tick, up.Decimals) + unit, $"""x="{left - 8}" y="{y + 4.5}" text-anchor="end" """);
        }

        foreach (double tick in across.Ticks)
        {
            svg.Text(Label(tick, across.Decimals), $"""x="{across.Place(tick)}" y="{Bottom + 20}" text-anchor="middle" """);
        }

        svg.Text(inEpochs ? "epoch" : "step", $"""x="{left + PanelWidth / 2}" y="{Bottom + 40}" text-anchor="middle" """);
        DrawCurve(svg, curve.Training, CurveStyle.Training, across, up, perUnit, value);
        DrawCurve(svg, curve.Validation, CurveStyle.Validation, across, up, perUnit, value);
    }

    private static void DrawCurve(
        SvgText svg, IReadOnlyList<CurveSample> samples, CurveStyle style, Axis across, Axis up, double perUnit, Func<CurveSample, double> value)
    {
        (double X, double Y)[] points = [.. samples.Select(sample => (across.Place(sample.Step / perUnit), up.Place(value(sample))))];
        if (points.Length > 1)
        {
            string path = string.Join(' ', points.Select(point => $"{SvgText.Number(point.X)},{SvgText.Number(point.Y)}"));
            svg.Element("polyline", $"""class="curve" points="{path}" stroke="{style.Color}" stroke-width="{style.Width}" """);
        }

        if (points.Length <= style.MostDots)
        {
            foreach ((double x, double y) in points)
            {
                svg.Element("circle", $"""cx="{x}" cy="{y}" r="{style.Width + 1}" fill="{style.Color}" """);
            }
        }
    }

    private static string Label(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}

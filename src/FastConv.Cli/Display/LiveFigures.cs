using FastConv.Cli.Curves;
using FastConv.Training;

namespace FastConv.Cli.Display;

/// <summary>The figures beside the bar: as many as the line has room for, the most wanted first, in an order that does not change.</summary>
/// <param name="curve">Whose losses are drawn.</param>
/// <param name="hasBlocks">Whether the screen can show block letters.</param>
internal sealed class LiveFigures(TrainingCurve curve, bool hasBlocks)
{
    private const string Gap = "  ";
    private const int SparklineWidth = 14;

    private readonly Countdown _countdown = new(curve.TotalSteps);

    /// <summary>One line of at most so many letters.</summary>
    public string Line(TrainingProgress progress, int room)
    {
        string left = progress.Step > 0 && _countdown.Left(progress.Step) is { } time ? $"{ProgressText.Duration(time)} left" : "";
        string sparkline = hasBlocks ? Sparkline.Draw([.. curve.Training.Select(sample => sample.Loss)], SparklineWidth) : "";
        (int Rank, string Text)[] figures =
        [
            (4, ProgressText.Step(progress)),
            (0, ProgressText.Training(progress)),
            (3, sparkline),
            (2, ProgressText.Speed(progress.ImagesPerSecond)),
            (1, left),
        ];
        var kept = new HashSet<int>();
        foreach ((int rank, string text) in figures.Where(figure => figure.Text.Length > 0).OrderBy(figure => figure.Rank))
        {
            int width = text.Length + (kept.Count > 0 ? Gap.Length : 0);
            if (width <= room)
            {
                kept.Add(rank);
                room -= width;
            }
        }

        return string.Join(Gap, figures.Where(figure => kept.Contains(figure.Rank)).Select(figure => figure.Text));
    }
}

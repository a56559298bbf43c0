using System.Globalization;
using FastConv.Training;

namespace FastConv.Cli.Display;

/// <summary>The figures of training as text, in columns that stay where they are.</summary>
internal static class ProgressText
{
    /// <summary><c>epoch  2/10</c></summary>
    public static string Epoch(TrainingProgress progress)
    {
        string epochs = progress.Epochs.ToString(CultureInfo.InvariantCulture);
        return $"epoch {progress.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.Length)}/{epochs}";
    }

    /// <summary><c>loss 0.1234  accuracy  96.2 %</c></summary>
    public static string Training(TrainingProgress progress) => progress.Training.Count == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"loss {progress.Training.Loss:F4}  accuracy {Percent(progress.Training.Accuracy)}");

    /// <summary><c>validation  97.1 %</c>, or nothing.</summary>
    public static string Validation(TrainingProgress progress) =>
        progress.Validation is { } validation ? $"validation {Percent(validation.Accuracy)}" : "";

    /// <summary><c>5,432 images/s</c></summary>
    public static string Speed(double imagesPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{imagesPerSecond:N0} images/s");

    /// <summary><c>12.3 s</c>, <c>3 min 05 s</c> or <c>1 h 02 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours)} h {time.Minutes:00} min"),
    };

    /// <summary><c> 97.1 %</c></summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100,5:F1} %");

    /// <summary>A report as a line: of an epoch that is over, or of a step on the way.</summary>
    public static string Line(TrainingProgress progress) => progress.IsEndOfEpoch
        ? Join(Epoch(progress), Training(progress), Validation(progress), Speed(progress.ImagesPerSecond))
        : Join(Epoch(progress), Step(progress), Training(progress), Validation(progress));

    /// <summary><c>step  20/188</c></summary>
    public static string Step(TrainingProgress progress)
    {
        string steps = progress.EpochSteps.ToString(CultureInfo.InvariantCulture);
        return $"step {progress.EpochStep.ToString(CultureInfo.InvariantCulture).PadLeft(steps.Length)}/{steps}";
    }

    private static string Join(params ReadOnlySpan<string> parts)
    {
        var kept = new List<string>();
        foreach (string part in parts)
        {
            if (part.Length > 0)
            {
                kept.Add(part);
            }
        }

        return string.Join("  ", kept);
    }
}

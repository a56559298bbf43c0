using System.Diagnostics;
using FastConv.Cli.Curves;
using FastConv.Training;

namespace FastConv.Cli.Display;

/// <summary>For files and pipes: a line for every measurement, and one from time to time where epochs are long.</summary>
internal sealed class LineDisplay(TextWriter writer) : ITrainingDisplay, IProgress<TrainingProgress>
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private long _lastLine = Stopwatch.GetTimestamp();

    public void WriteLine(string line)
    {
        writer.WriteLine(line);
        writer.Flush();
    }

    public void WriteResult(string line) => WriteLine(line);

    public TrainingResult Follow(TrainingCurve curve, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        _lastLine = Stopwatch.GetTimestamp();
        return train(this);
    }

    public void Report(TrainingProgress value)
    {
        bool hasResult = value.IsEndOfEpoch || value.Validation is not null;
        if (hasResult || Stopwatch.GetElapsedTime(_lastLine) >= LongestSilence)
        {
            _lastLine = Stopwatch.GetTimestamp();
            WriteLine(ProgressText.Line(value));
        }
    }
}

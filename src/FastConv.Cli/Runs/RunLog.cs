using System.Diagnostics;
using System.Text.Json;
using FastConv.Cli.Curves;
using FastConv.Cli.Reports;
using FastConv.Training;

namespace FastConv.Cli.Runs;

/// <summary>Writes <c>metrics.jsonl</c> while training reports, a line at a time, so that a run that is killed has told how far it came.</summary>
internal sealed class RunLog : IProgress<TrainingProgress>, IDisposable
{
    private const int MostSpacedLines = 1000;

    private readonly StreamWriter _writer;
    private readonly long _stepsPerLine;
    private readonly ProgressWindow _window;
    private readonly List<MetricsPoint> _points;
    private readonly double _secondsBefore;
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _lastStep;

    private RunLog(StreamWriter writer, long totalSteps, List<MetricsPoint> points)
    {
        _writer = writer;
        _window = new ProgressWindow(skipsFirst: points.Count > 0);
        _stepsPerLine = Math.Max(1, totalSteps / MostSpacedLines);
        _points = points;
        _secondsBefore = points is [.., { } last] ? last.Seconds : 0;
        _lastStep = points is [.., { } end] ? end.Step : 0;
    }

    /// <summary>All lines, those of the parts before an interruption included.</summary>
    public IReadOnlyList<MetricsPoint> Points => _points;

    /// <summary>Begins the file, or continues it after a step: lines beyond it are of steps that are done again, and are dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="totalSteps">Steps that training will take.</param>
    /// <param name="doneSteps">Steps that lie behind; 0 for a run that begins.</param>
    public static RunLog Open(string path, long totalSteps, int doneSteps)
    {
        List<MetricsPoint> points = doneSteps > 0 && File.Exists(path) ? [.. Read(path).TakeWhile(point => point.Step <= doneSteps)] : [];
        var log = new RunLog(new StreamWriter(path, append: false) { AutoFlush = true }, totalSteps, points);
        points.ForEach(log.Write);
        return log;
    }

    /// <summary>The whole lines of a file; a last one that was cut short by a kill is left out.</summary>
    public static IEnumerable<MetricsPoint> Read(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            if (!line.EndsWith('}'))
            {
                yield break;
            }

            yield return Parse(path, line);
        }
    }

    public void Report(TrainingProgress value)
    {
        _window.Add(value);
        if (_window.Count == 0 || (value.Validation is null && !value.IsEndOfEpoch && value.Step - _lastStep < _stepsPerLine))
        {
            return;
        }

        EvaluationResult mean = _window.Mean;
        var point = new MetricsPoint(
            value.Step,
            value.Epoch,
            mean.Loss,
            mean.Accuracy,
            value.Validation?.Loss,
            value.Validation?.Accuracy,
            value.LearningRate,
            value.ImagesPerSecond,
            _secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds,
            value.IsEndOfEpoch);
        _points.Add(point);
        Write(point);
        _window.Empty();
        _lastStep = value.Step;
    }

    public void Dispose() => _writer.Dispose();

    private static MetricsPoint Parse(string path, string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ReportJson.Default.MetricsPoint) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: expected lines of metrics, received '{line}': {exception.Message}", exception);
        }
    }

    private void Write(MetricsPoint point) => _writer.WriteLine(JsonSerializer.Serialize(point, ReportJson.Default.MetricsPoint));
}

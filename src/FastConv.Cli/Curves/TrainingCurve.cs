using FastConv.Cli.Runs;
using FastConv.Training;

namespace FastConv.Cli.Curves;

/// <summary>Collects the curves while training reports; a point is the mean over the few steps that it stands for.</summary>
/// <param name="totalSteps">Steps that training will take.</param>
/// <param name="epochSteps">Steps an epoch.</param>
internal sealed class TrainingCurve(long totalSteps, int epochSteps) : IProgress<TrainingProgress>
{
    private const int MostPoints = 150;

    private readonly long _stepsPerPoint = Math.Max(1, (totalSteps + MostPoints - 1) / MostPoints);
    private ProgressWindow _window = new();
    private readonly List<CurveSample> _training = [];
    private readonly List<CurveSample> _validation = [];
    private int _firstStep;

    public IReadOnlyList<CurveSample> Training => _training;

    public IReadOnlyList<CurveSample> Validation => _validation;

    /// <summary>Steps an epoch.</summary>
    public int EpochSteps => epochSteps;

    /// <summary>Steps that training will take.</summary>
    public long TotalSteps => totalSteps;

    /// <summary>Takes over what a run showed before it was interrupted; before the first report.</summary>
    /// <param name="points">In order.</param>
    public void Continue(IReadOnlyList<MetricsPoint> points)
    {
        foreach (MetricsPoint point in points)
        {
            _training.Add(new CurveSample((_firstStep + 1 + point.Step) / 2.0, point.Loss, point.Accuracy));
            _firstStep = point.Step;
            if (point is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy })
            {
                _validation.Add(new CurveSample(point.Step, loss, accuracy));
            }
        }

        _window = new ProgressWindow(skipsFirst: points.Count > 0);
    }

    public void Report(TrainingProgress value)
    {
        _window.Add(value);
        if (value.Step - _firstStep >= _stepsPerPoint && _window.Count > 0)
        {
            EvaluationResult mean = _window.Mean;
            _training.Add(new CurveSample((_firstStep + 1 + value.Step) / 2.0, mean.Loss, mean.Accuracy));
            _window.Empty();
            _firstStep = value.Step;
        }

        if (value.Validation is { } validation)
        {
            _validation.Add(new CurveSample(value.Step, validation.Loss, validation.Accuracy));
        }
    }
}

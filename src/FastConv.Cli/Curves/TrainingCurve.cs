using FastConv.Training;

namespace FastConv.Cli.Curves;

/// <summary>
/// Collects the curves while training reports. Reports carry means since the epoch's start; the curve takes their differences, so that
/// a point is the mean over the few steps that it stands for.
/// </summary>
/// <param name="totalSteps">Steps that training will take.</param>
/// <param name="epochSteps">Steps an epoch.</param>
internal sealed class TrainingCurve(long totalSteps, int epochSteps) : IProgress<TrainingProgress>
{
    private const int MostPoints = 150;

    private readonly long _stepsPerPoint = Math.Max(1, (totalSteps + MostPoints - 1) / MostPoints);
    private readonly List<CurveSample> _training = [];
    private readonly List<CurveSample> _validation = [];
    private EvaluationResult _seenOfEpoch;
    private double _loss;
    private double _correct;
    private int _count;
    private int _firstStep;

    public IReadOnlyList<CurveSample> Training => _training;

    public IReadOnlyList<CurveSample> Validation => _validation;

    /// <summary>Steps an epoch.</summary>
    public int EpochSteps => epochSteps;

    /// <summary>Steps that training will take.</summary>
    public long TotalSteps => totalSteps;

    public void Report(TrainingProgress value)
    {
        EvaluationResult now = value.Training;
        _loss += now.Loss * now.Count - _seenOfEpoch.Loss * _seenOfEpoch.Count;
        _correct += now.Accuracy * now.Count - _seenOfEpoch.Accuracy * _seenOfEpoch.Count;
        _count += now.Count - _seenOfEpoch.Count;
        _seenOfEpoch = value.IsEndOfEpoch ? default : now;
        if (value.Step - _firstStep >= _stepsPerPoint && _count > 0)
        {
            _training.Add(new CurveSample((_firstStep + 1 + value.Step) / 2.0, _loss / _count, _correct / _count));
            (_loss, _correct, _count, _firstStep) = (0, 0, 0, value.Step);
        }

        if (value.Validation is { } validation)
        {
            _validation.Add(new CurveSample(value.Step, validation.Loss, validation.Accuracy));
        }
    }
}

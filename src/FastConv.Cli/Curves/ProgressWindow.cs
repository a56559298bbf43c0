using FastConv.Training;

namespace FastConv.Cli.Curves;

/// <summary>
/// Turns reports, which carry means since the epoch's start, into means over the steps since the window was last emptied.
/// </summary>
/// <param name="skipsFirst">Whether the first report only tells what lies behind, of a run that is continued within an epoch.</param>
internal sealed class ProgressWindow(bool skipsFirst = false)
{
    private bool _skipsNext = skipsFirst;
    private EvaluationResult _seenOfEpoch;
    private double _loss;
    private double _correct;

    /// <summary>Samples in the window.</summary>
    public int Count { get; private set; }

    /// <summary>The means; NaN where nothing has come in.</summary>
    public EvaluationResult Mean => new(_loss / Count, _correct / Count, Count);

    /// <summary>Takes in what a report adds to the one before.</summary>
    public void Add(TrainingProgress progress)
    {
        EvaluationResult now = progress.Training;
        if (_skipsNext && !progress.IsEndOfEpoch)
        {
            (_skipsNext, _seenOfEpoch) = (false, now);
            return;
        }

        _skipsNext = false;
        _loss += now.Loss * now.Count - _seenOfEpoch.Loss * _seenOfEpoch.Count;
        _correct += now.Accuracy * now.Count - _seenOfEpoch.Accuracy * _seenOfEpoch.Count;
        Count += now.Count - _seenOfEpoch.Count;
        _seenOfEpoch = progress.IsEndOfEpoch ? default : now;
    }

    /// <summary>Begins anew.</summary>
    public void Empty() => (_loss, _correct, Count) = (0, 0, 0);
}

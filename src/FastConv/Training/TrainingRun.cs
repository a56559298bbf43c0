using System.Diagnostics;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;

namespace FastConv.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>: its loops, and what they have counted so far.</summary>
internal sealed class TrainingRun(
    Layer model,
    Loss loss,
    Optimizer optimizer,
    DataLoader loader,
    DataLoader? validation,
    TrainingOptions options,
    IProgress<TrainingProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly List<EpochResult> _epochs = [];
    private readonly List<CurvePoint> _curve = [];
    private readonly int _lastStep = options.MaxSteps ?? int.MaxValue;
    private readonly double _allSteps = Math.Min(options.MaxSteps ?? int.MaxValue, (double)options.Epochs * loader.BatchCount);
    private readonly double _learningRate = optimizer.LearningRate;

    // Only while batches are learned from, not while the validation data is measured.
    private readonly Stopwatch _learning = new();

    private LossMeter _epochMeter;
    private LossMeter _curveMeter;
    private int _epoch;
    private int _epochStep;
    private int _step;

    public TrainingResult Run()
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            for (_epoch = 1; _epoch <= options.Epochs && _step < _lastStep; _epoch++)
            {
                RunEpoch();
            }
        }
        finally
        {
            if (options.LearningRateFactor is not null)
            {
                optimizer.LearningRate = _learningRate;
            }
        }

        return new TrainingResult(_epochs, _curve, _step, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private double ImagesPerSecond => _epochMeter.Count / Math.Max(_learning.Elapsed.TotalSeconds, 1e-9);

    private void RunEpoch()
    {
        _epochMeter = default;
        _epochStep = 0;
        _learning.Restart();
        float lastLoss = 0;
        EvaluationResult? measured = null;
        foreach (Batch batch in loader.Epoch(_epoch - 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            lastLoss = Learn(batch);
            bool isLast = _epochStep == loader.BatchCount || _step == _lastStep;
            measured = AddCurvePoint();
            if (isLast)
            {
                break;
            }

            if (measured is not null || _epochStep % options.ReportEverySteps == 0)
            {
                Report(lastLoss, measured, isEndOfEpoch: false);
            }
        }

        _learning.Stop();
        measured ??= validation is null ? null : Evaluation.Run(model, loss, validation, cancellationToken);
        _epochs.Add(new EpochResult(_epoch, _epochMeter.Result, measured, _learning.Elapsed.TotalSeconds, ImagesPerSecond));
        Report(lastLoss, measured, isEndOfEpoch: true);
    }

    private float Learn(Batch batch)
    {
        Tensor prediction = model.Forward(batch.Images);
        float value = loss.Forward(prediction, batch.Labels);
        if (!float.IsFinite(value))
        {
            throw new NotFiniteNumberException(
                $"Trainer.Fit: the loss of epoch {_epoch}, step {_epochStep + 1} is {value}. A smaller learning rate or normalised input may help.", value);
        }

        optimizer.ZeroGradients();
        LossFusion.Backward(model, loss);
        if (options.LearningRateFactor is { } factor)
        {
            optimizer.LearningRate = _learningRate * factor(_step / _allSteps);
        }

        optimizer.Step();
        int correct = Accuracy.CountCorrect(prediction, batch.Labels, loss.DecisionThreshold);
        _epochMeter.Add(value, correct, batch.Count);
        _curveMeter.Add(value, correct, batch.Count);
        _epochStep++;
        _step++;
        return value;
    }

    private EvaluationResult? AddCurvePoint()
    {
        if (validation is null || options.EvaluateEverySteps is not { } every || _step % every != 0)
        {
            return null;
        }

        _learning.Stop();
        EvaluationResult result = Evaluation.Run(model, loss, validation, cancellationToken);
        _curve.Add(new CurvePoint(_step, _curveMeter.Result, result));
        _curveMeter = default;
        _learning.Start();
        return result;
    }

    private void Report(float lastLoss, EvaluationResult? measured, bool isEndOfEpoch) => progress?.Report(new TrainingProgress
    {
        Epoch = _epoch,
        Epochs = options.Epochs,
        EpochStep = _epochStep,
        EpochSteps = loader.BatchCount,
        Step = _step,
        Loss = lastLoss,
        Training = _epochMeter.Result,
        Validation = measured,
        ImagesPerSecond = ImagesPerSecond,
        IsEndOfEpoch = isEndOfEpoch,
    });
}

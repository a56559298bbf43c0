using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;

namespace FastConv.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>: its loops over epochs and batches.</summary>
internal sealed class TrainingRun
{
    private readonly Optimizer _optimizer;
    private readonly DataLoader _loader;
    private readonly TrainingOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly LearningRateSchedule? _schedule;
    private readonly ValidationMeasurement _measurement;
    private readonly TrainingSaves _saves;
    private readonly TrainingState _state;
    private readonly TrainingContext _context;
    private readonly TrainingReports _reports;
    private readonly BatchLearning _learning;
    private readonly BestEpoch _best;
    private readonly RunClock _clock;
    private readonly int _lastStep;

    // From an epoch's result on the list to the beginning of the next epoch the state is that of neither.
    private bool _isBetweenEpochs;

    public TrainingRun(
        Layer model,
        Loss loss,
        Optimizer optimizer,
        DataLoader loader,
        DataLoader? validation,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        (_optimizer, _loader, _options, _cancellationToken) = (optimizer, loader, options, cancellationToken);
        _lastStep = options.MaxSteps ?? int.MaxValue;
        _schedule = options.LearningRateFactor is { } factor
            ? new ShareSchedule(factor, Math.Min(_lastStep, (double)options.Epochs * loader.BatchCount))
            : options.Schedule;
        StateCopy? average = options.AverageDecay is null ? null : new StateCopy(model);
        StateCopy? best = options.KeepBest ? new StateCopy(model) : null;
        var checkpoint = new TrainingCheckpoint(model, optimizer) { Average = average, Best = best };
        _saves = new TrainingSaves(options, checkpoint, _schedule);
        _saves.Begin(loader, optimizer.LearningRate);
        _state = checkpoint.State;
        _best = new BestEpoch(options, _state, best, average);
        _clock = new RunClock(_state);
        _reports = new TrainingReports(options, progress, loader, optimizer, _state, _clock);
        _measurement = new ValidationMeasurement(model, loss, validation, average);
        _context = new TrainingContext(model, optimizer, _state);
        _learning = new BatchLearning(model, loss, optimizer, options, average, _state);
    }

    private string? StopReason => _context.StopReason
        ?? (_best.IsTooLongAgo ? $"no improvement in {_state.EpochsWithoutImprovement} epochs" : null);

    private bool IsEpochLearned => _state.EpochStep == _loader.BatchCount || _state.Step >= _lastStep;

    // A step that ends training within an epoch leaves an epoch to be ended.
    private bool IsDone => _state.Epoch > _options.Epochs || StopReason is not null || (_state.Step >= _lastStep && _state.EpochStep == 0);

    public TrainingResult Run()
    {
        try
        {
            while (!IsDone)
            {
                RunEpoch();
            }
        }
        catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
        {
            _reports.Cancelled();
            if (_options.Checkpoint is { OnCancellation: true })
            {
                Save();
            }

            throw;
        }
        finally
        {
            if (_schedule is not null)
            {
                _optimizer.LearningRate = _state.BaseLearningRate;
            }
        }

        _best.End();
        string? reason = _state.Epoch > _options.Epochs ? null : StopReason ?? $"{_state.Step} steps";
        if (reason is not null)
        {
            _reports.StoppedEarly(reason);
        }

        _reports.Finished();
        return new TrainingResult(_state.Epochs, _state.Curve, _state.Step, _clock.Seconds) { BestEpoch = _state.BestEpoch, StopReason = reason };
    }

    private void RunEpoch()
    {
        EvaluationResult? measured = LearnEpoch();
        bool isPart = _state.EpochStep < _loader.BatchCount;
        if (isPart)
        {
            // With more steps allowed, or another callback, training goes on from here.
            Save();
        }

        measured ??= Measure();
        var result = new EpochResult(_state.Epoch, _state.EpochMeter.Result, measured, _clock.EpochSeconds, _reports.ImagesPerSecond);
        _isBetweenEpochs = true;
        _state.Epochs.Add(result);
        _reports.Progress(measured, isEndOfEpoch: true);
        EndEpoch(result);
        if (!isPart && (IsDone || _saves.AreDueAfterEpoch))
        {
            Save();
        }
    }

    // The measurement after the last batch, where the curve asked for one.
    private EvaluationResult? LearnEpoch()
    {
        // An interruption may have come before it.
        EvaluationResult? measured = AddCurvePoint();
        if (IsEpochLearned)
        {
            return measured;
        }

        _clock.Learn();
        foreach (Batch batch in _loader.Epoch(_state.Epoch - 1, firstBatch: _state.EpochStep))
        {
            if (_learning.IsBetweenSteps)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            Learn(batch);
            _clock.Pause();
            measured = AddCurvePoint();
            _clock.Learn();
            if (IsEpochLearned || _context.StopReason is not null)
            {
                break;
            }

            if (_saves.AreDueAfterStep)
            {
                Save();
            }

            if (measured is not null || _state.EpochStep % _options.ReportEverySteps == 0)
            {
                _reports.Progress(measured, isEndOfEpoch: false);
            }
        }

        _clock.Pause();
        return measured;
    }

    private void Learn(Batch batch)
    {
        int number = _state.EpochStep + 1;
        bool endsGroup = number % _options.AccumulateBatches == 0 || number == _loader.BatchCount || _state.Step + 1 == _lastStep;
        long time = _options.ScheduleUnit == ScheduleUnit.Epoch && _schedule is not ShareSchedule ? _state.Epoch - 1 : _state.Step;
        _learning.Learn(batch, endsGroup, _schedule?.Rate(_state.BaseLearningRate, time));
        for (int index = 0; index < _options.Callbacks.Count; index++)
        {
            _options.Callbacks[index].OnStepEnd(_context);
        }
    }

    private void EndEpoch(EpochResult result)
    {
        double monitored = _best.ValueOf(result);
        _reports.EpochEnded(result, monitored);
        if (_best.Observe(result))
        {
            _reports.Improved(result.Epoch, monitored);
        }

        foreach (TrainingCallback callback in _options.Callbacks)
        {
            callback.OnEpochEnd(_context, result);
        }

        TrainingMeter.Epochs.Add(1);
        _state.Epoch++;
        _state.EpochStep = 0;
        _state.EpochMeter = default;
        _clock.BeginEpoch();
        _isBetweenEpochs = false;
    }

    private EvaluationResult? AddCurvePoint()
    {
        bool isThere = _state.Step == 0 || (_state.Curve is [.., { } last] && last.Step == _state.Step);
        if (isThere || _options.EvaluateEverySteps is not { } every || _state.Step % every != 0)
        {
            return null;
        }

        EvaluationResult? result = Measure();
        _state.Curve.Add(new CurvePoint(_state.Step, _state.CurveMeter.Result, result!.Value));
        _state.CurveMeter = default;
        return result;
    }

    // Between two steps of the optimiser nothing may end training: what has been added up would be lost.
    private EvaluationResult? Measure() => _measurement.Run(_learning.IsBetweenSteps ? _cancellationToken : default);

    // Gradients that wait for more are not saved, so neither is anything else then.
    private void Save()
    {
        if (_saves.AreWanted && _learning.IsBetweenSteps && !_isBetweenEpochs)
        {
            _clock.Store();
            _saves.Save();
        }
    }
}

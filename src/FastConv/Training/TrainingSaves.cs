using FastConv.Data;

namespace FastConv.Training;

/// <summary>When a run saves itself and where it begins again, and what it then says.</summary>
internal sealed class TrainingSaves
{
    private readonly TrainingOptions _options;
    private readonly TrainingCheckpoint _checkpoint;
    private readonly LearningRateSchedule? _schedule;
    private int _savedStep;

    public TrainingSaves(TrainingOptions options, TrainingCheckpoint checkpoint, LearningRateSchedule? schedule)
    {
        _options = options;
        _checkpoint = checkpoint;
        _schedule = schedule;
    }

    /// <summary>Whether there is a file to save to.</summary>
    public bool AreWanted => _options.Checkpoint is not null;

    /// <summary>Whether a step is one to be saved.</summary>
    public bool AreDueAfterStep => _options.Checkpoint?.EverySteps is { } every && _checkpoint.Step / every > _savedStep / every;

    /// <summary>Whether an epoch is one to be saved; the next one is under way.</summary>
    public bool AreDueAfterEpoch => _options.Checkpoint?.EveryEpochs is { } every && (_checkpoint.Epoch - 1) % every == 0;

    /// <summary>Begins where the file left training, where options ask for it; otherwise anew.</summary>
    /// <param name="loader">Must give the batches that the file was saved with.</param>
    /// <param name="learningRate">The optimiser's, for a training that begins anew.</param>
    public void Begin(DataLoader loader, double learningRate)
    {
        _schedule?.Reset();
        if (_options.Checkpoint is not { Resume: true } resumed)
        {
            TrainingState state = _checkpoint.State;
            (state.BaseLearningRate, state.BatchSize, state.BatchCount, state.SampleCount) =
                (learningRate, loader.BatchSize, loader.BatchCount, loader.Dataset.Count);
            _options.OnEvent?.Invoke(new TrainingEvent(
                TrainingEventKind.Started, "training begins: {Epochs} epochs of {Steps} steps", _options.Epochs, loader.BatchCount));
            return;
        }

        _checkpoint.Load(resumed.Path, state => RequireSameRun(resumed.Path, state, loader));
        _savedStep = _checkpoint.Step;
        _options.OnEvent?.Invoke(new TrainingEvent(
            TrainingEventKind.Resumed, "training continues from {Path} in epoch {Epoch} after step {Step}", resumed.Path, _checkpoint.Epoch, _checkpoint.Step));
    }

    /// <summary>Saves to the options' path.</summary>
    public void Save()
    {
        string path = _options.Checkpoint!.Path;
        _checkpoint.State.Schedule.Clear();
        _schedule?.CollectState(_checkpoint.State.Schedule);
        _checkpoint.Save(path);
        _savedStep = _checkpoint.Step;
        TrainingMeter.Checkpoints.Add(1);
        _options.OnEvent?.Invoke(new TrainingEvent(
            TrainingEventKind.CheckpointSaved, "saved {Path} in epoch {Epoch} after step {Step}", path, _checkpoint.Epoch, _checkpoint.Step));
    }

    private void RequireSameRun(string path, TrainingState state, DataLoader loader)
    {
        (int, int, int) expected = (state.SampleCount, state.BatchSize, state.BatchCount);
        (int, int, int) received = (loader.Dataset.Count, loader.BatchSize, loader.BatchCount);
        if (expected != received || state.EpochStep > state.BatchCount)
        {
            throw new InvalidDataException($"{path}: (samples, batch size, batches) of the training data are expected to be {expected} as when it was saved, received {received}.");
        }

        var observed = new Queue<double>(state.Schedule);
        bool fits = true;
        try
        {
            _schedule?.RestoreState(observed);
        }
        catch (InvalidOperationException)
        {
            fits = false;
        }

        if (!fits || observed.Count > 0)
        {
            throw new InvalidDataException($"{path}: the state of the learning rate's schedule has {state.Schedule.Count} numbers, which another kind of schedule has left.");
        }
    }
}

using FastConv.Data;
using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Training;

namespace FastConv.Tests.Cases;

/// <summary>A training with everything that has a memory: dropout, batch normalisation, an optimiser, a schedule, averaged and best weights, a shuffled loader.</summary>
internal sealed class ResumableRun
{
    public const int Steps = 21;
    private const int BatchesPerEpoch = 7;

    private readonly string _path;
    private readonly Sequential _model;
    private readonly Optimizer _optimizer;
    private readonly DataLoader _loader = new(TrainingCases.TinyDigits(40), 6, shuffle: true, seed: 3);

    /// <param name="path">The checkpoint.</param>
    /// <param name="optimizer">By name.</param>
    /// <param name="seed">The model's; what is resumed must not depend on it.</param>
    public ResumableRun(string path, string optimizer = "adam", long seed = 1)
    {
        _path = path;
        _model = new Sequential(
            new Conv2d(1, 4, kernelSize: 3, padding: 1), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(),
            new Dropout(0.3f), new Linear(4 * 16, 8), new ReLU(), new Dropout(0.2f), new Linear(8, TrainingCases.Classes));
        _model.Initialize(seed);
        _optimizer = Optimizer.Create(optimizer, _model.Parameters, seed == 1 ? 0.02 : 0.5);
    }

    /// <summary>Trains to the end, or to a step after which it is cancelled; null then.</summary>
    public TrainingResult? Fit(bool resume, int? cancelAfter = null, int accumulate = 1, int? everySteps = null, bool saveOnCancellation = true)
    {
        using var source = new CancellationTokenSource();
        var recorder = new TrainingCases.Recorder(report =>
        {
            if (report.Step == cancelAfter)
            {
                source.Cancel();
            }
        });
        try
        {
            return new Trainer(_model, new CrossEntropyLoss(), _optimizer).Fit(
                _loader,
                TrainingCases.TinyDigits(9, "test"),
                new()
                {
                    Epochs = Steps / BatchesPerEpoch,
                    ReportEverySteps = 1,
                    EvaluateEverySteps = 3,
                    AccumulateBatches = accumulate,
                    Schedule = new ChainedSchedule(new WarmUpSchedule(10), new PlateauSchedule(0.5, patience: 0)),
                    AverageDecay = 0.8,
                    KeepBest = true,
                    Patience = 10,
                    Checkpoint = new(_path) { Resume = resume, EverySteps = everySteps, OnCancellation = saveOnCancellation },
                },
                recorder,
                source.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>All bits that a training has made: the model, what is saved of it, and the history.</summary>
    public (float[] Values, string History) Outcome(TrainingResult result)
    {
        var values = new List<float>();
        foreach (NamedTensor entry in _model.State)
        {
            values.AddRange(entry.Value.Values);
        }

        using SafetensorsFile file = SafetensorsFile.Open(_path);
        foreach (SafetensorsTensor tensor in file.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            float[] read = new float[tensor.Count];
            file.Read(tensor, read);
            values.AddRange(read);
        }

        string random = string.Join(' ', file.Metadata.Where(pair => pair.Key != "training").OrderBy(pair => pair.Key, StringComparer.Ordinal));
        string epochs = string.Join(' ', result.Epochs.Select(epoch => $"{epoch.Epoch} {epoch.Training} {epoch.Validation}"));
        return ([.. values], $"{random} {epochs} {string.Join(' ', result.Curve)} {result.Steps} {result.BestEpoch} {result.StopReason}");
    }

    /// <summary>How many tensors a checkpoint has.</summary>
    public int TensorCount => 3 * _model.State.Count + _optimizer.State.Count;
}

using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Trainings of parts that do not fit each other, with impossible options, on data that is not finite.</summary>
internal static class TrainingRows
{
    private const string Fit = "Trainer.Fit";

    public static HostileRow[] All =>
    [
        Missing("new Trainer", "no model", "model", call => _ = new Trainer(null!, new MseLoss(), new Sgd(new ScaleLayer().Parameters))),
        Missing(Fit, "no loader", "loader", _ => NewTrainer().Fit(null!)),
        Argument(Fit, "validation data of another shape", "validation samples are expected to be [1, 8, 8] as in training, received [1, 28, 28]", _ => NewTrainer().Fit(Loader(), SyntheticDigits.Load("test")), ShortBuffer),
        Range(Fit, "labels above the model's outputs", "labels expect classes from 0 to 1", _ => NewTrainer(outputs: 2).Fit(Loader()), BadIndex),
        Argument(Fit, "samples that the model does not take", "Conv2d '0'", _ => NewTrainer().Fit(new DataLoader(new InMemoryDataset(new Tensor(2, 5), [0, 1]), 1)), BadIndex),
        Refused<NotFiniteNumberException>(Fit, "a pixel of NaN", "the loss of epoch 1, step 1 is NaN", _ => NewTrainer().Fit(new DataLoader(TrainingCases.WithPixel(TrainingCases.TinyDigits(4), 1, float.NaN), 4)), NotFinite),
        Refused<NotFiniteNumberException>(Fit, "a checkpoint with a parameter of NaN", "the loss of epoch 1, step 2 is NaN: the parameter '0.weight'", FitFromNaN, NotFinite),
        Refused<OperationCanceledException>(Fit, "a token that is cancelled", "", _ => NewTrainer().Fit(Loader(), cancellationToken: new CancellationToken(true)), Concurrency),
        .. Options(),
        Argument("new CheckpointOptions", "an empty path", "Checkpoint.Path is expected not to be empty", _ => NewTrainer().Fit(Loader(), options: new() { Checkpoint = new("") })),
        Argument("CheckpointOptions.EverySteps", "0", "Checkpoint.EverySteps is expected to be at least 1, received 0", _ => NewTrainer().Fit(Loader(), options: new() { Checkpoint = new("x") { EverySteps = 0 } }), ZeroDivisor),
        Argument("CheckpointOptions.EveryEpochs", "-1", "Checkpoint.EveryEpochs is expected to be at least 1, received -1", _ => NewTrainer().Fit(Loader(), options: new() { Checkpoint = new("x") { EveryEpochs = -1 } }), Negative),
        Argument("TrainingContext.Stop", "an empty reason", "reason", _ => NewTrainer().Fit(Loader(), options: new() { Callbacks = [new Stopping()] })),
        Missing("Evaluation.Run", "no model", "model", _ => Evaluation.Run(null!, new CrossEntropyLoss(), TrainingCases.TinyDigits(2))),
        Range("Evaluation.Run", "batch size 0", "batchSize", _ => Evaluation.Run(TrainingCases.TinyModel(), new CrossEntropyLoss(), TrainingCases.TinyDigits(2), 0), ZeroDivisor),
        Range("Evaluation.Report", "top 0", "top", _ => Evaluation.Report(TrainingCases.TinyModel(), new CrossEntropyLoss(), TrainingCases.TinyDigits(2), 0), Negative),
        Range("Evaluation.Report", "a dataset of 2^30 classes", "classCount", _ => Evaluation.Report(TrainingCases.TinyModel(), new CrossEntropyLoss(), ManyClasses()), Unbounded),
    ];

    private static IEnumerable<HostileRow> Options() =>
        from option in ((string Name, TrainingOptions Options)[])
        [
            ("Epochs", new() { Epochs = 0 }),
            ("MaxSteps", new() { MaxSteps = -1 }),
            ("EvaluationBatchSize", new() { EvaluationBatchSize = 0 }),
            ("ReportEverySteps", new() { ReportEverySteps = 0 }),
            ("EvaluateEverySteps", new() { EvaluateEverySteps = 0 }),
            ("AccumulateBatches", new() { AccumulateBatches = 0 }),
            ("Patience", new() { Patience = 0 }),
            ("MinimumImprovement", new() { MinimumImprovement = double.NaN }),
            ("AverageDecay", new() { AverageDecay = 1.5 }),
        ]
        select Argument($"TrainingOptions.{option.Name}", "a number outside of its range", $"{option.Name} is expected", _ => NewTrainer().Fit(Loader(), options: option.Options), ZeroDivisor);

    private static Trainer NewTrainer(int outputs = TrainingCases.Classes)
    {
        Sequential model = TrainingCases.TinyModel(outputs);
        return new Trainer(model, new CrossEntropyLoss(), new Sgd(model.Parameters));
    }

    private static void FitFromNaN(HostileCall call)
    {
        string path = call.Folder["checkpoint"];
        NewTrainer().Fit(Loader(), options: new() { MaxSteps = 1, Checkpoint = new(path) });
        Sequential model = TrainingCases.TinyModel();
        var checkpoint = new TrainingCheckpoint(model, new Sgd(model.Parameters));
        checkpoint.Load(path);
        model.Parameters[0].Value.Span[0] = float.NaN;
        checkpoint.Save(path);
        byte[] saved = System.IO.File.ReadAllBytes(path);
        try
        {
            NewTrainer().Fit(Loader(), options: new() { Checkpoint = new(path) { Resume = true } });
        }
        finally
        {
            Assert.Equal(saved, System.IO.File.ReadAllBytes(path));
        }
    }

    private static DataLoader Loader() => new(TrainingCases.TinyDigits(4), 2);

    private static InMemoryDataset ManyClasses() => new(new Tensor(1, 1, 8, 8), [0], classCount: 1 << 30);

    private sealed class Stopping : TrainingCallback
    {
        public override void OnStepEnd(TrainingContext context) => context.Stop("");
    }
}

using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Training;

namespace FastConv.Fuzz.Files;

/// <summary>What a training continues from.</summary>
internal sealed class CheckpointTarget() : FileTarget(
    "checkpoint", "\"step\":", "\"epoch\":", "-1", "9223372036854775807", "1e308", "null", "[]", "{}", "\\\"", "training", "optimizer", "\"F32\"", "\"I64\"", "true", "NaN", "0.5")
{
    public override IEnumerable<byte[]> Seeds(Random random)
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        Fit(path, resume: false, steps: 2);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return [bytes];
    }

    /// <summary>Numbers of a checkpoint may be any, and a training that they make NaN stops.</summary>
    public override bool IsDocumented(Exception exception) => base.IsDocumented(exception) || exception is NotFiniteNumberException;

    protected override string Read(string path)
    {
        Fit(path, resume: true, steps: 3);
        return "trained on";
    }

    private static void Fit(string path, bool resume, int steps)
    {
        var model = new Sequential(new Flatten(), new Linear(64, 2), new BatchNorm1d(2));
        model.Initialize(1);
        new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01)).Fit(
            new DataLoader(SyntheticDigits.Load("train", new() { Count = 4, Size = 8, Classes = 2 }), 2, shuffle: true, seed: 1),
            options: new() { Epochs = 3, MaxSteps = steps, AverageDecay = 0.9, Checkpoint = new(path) { Resume = resume, EverySteps = resume ? null : 1, EveryEpochs = null } });
    }
}

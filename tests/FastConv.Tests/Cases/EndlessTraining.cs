using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Training;

namespace FastConv.Tests.Cases;

/// <summary>A training without an end that saves itself all the time, and goes on where its file is.</summary>
internal static class EndlessTraining
{
    /// <param name="path">The checkpoint; about a megabyte, so that writing it takes a while.</param>
    /// <param name="everySteps">Steps from one save to the next.</param>
    /// <param name="maxSteps">Where it ends after all.</param>
    /// <param name="onSaved">Called with the step of a file that is in place.</param>
    public static float[] Fit(string path, int everySteps, int? maxSteps, Action<int>? onSaved = null)
    {
        var model = new Sequential(
            new Conv2d(1, 4, kernelSize: 3, padding: 1), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(),
            new Dropout(0.3f), new Linear(64, 800), new ReLU(), new Linear(800, TrainingCases.Classes));
        model.Initialize(seed: 1);
        new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01)).Fit(
            new DataLoader(TrainingCases.TinyDigits(40), 6, shuffle: true, seed: 3, workers: 1),
            options: new()
            {
                Epochs = int.MaxValue,
                MaxSteps = maxSteps,
                Schedule = new StepSchedule(500, 0.9),
                AverageDecay = 0.9,
                Checkpoint = new(path) { EverySteps = everySteps, EveryEpochs = null, Resume = File.Exists(path) },
                OnEvent = happened =>
                {
                    if (happened is { Kind: TrainingEventKind.CheckpointSaved, Arguments: [_, _, int step] })
                    {
                        onSaved?.Invoke(step);
                    }
                },
            });
        return [.. model.State.SelectMany(entry => entry.Value.Values.ToArray())];
    }
}

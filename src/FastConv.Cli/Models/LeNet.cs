using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>Two 3x3 convolutions and two linear layers: LeNet's plan with today's parts.</summary>
internal static class LeNet
{
    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "lenet",
        Description = "two 3x3 convolutions with max-pooling and two linear layers, ReLU between, for 28 x 28 grey images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "adam",
        LearningRate = 2e-3,
        Schedule = ScheduleName.Linear,
        BatchSize = 64,
        Epochs = 5,
        DrawnEpochs = 2,
        Digits = new SyntheticDigitsOptions(),
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
            new Conv2d(1, 32, kernelSize: 3, padding: 1),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(32, 64, kernelSize: 3, padding: 1),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(64 * 7 * 7, 128),
            new ReLU(),
            new Linear(128, 10));
        model.Initialize(seed);
        return model;
    }
}

using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>About the smallest network that still is convolutional: two kernels, 544 parameters, plain gradient descent.</summary>
internal static class Minimal
{
    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "minimal",
        Description = "one 4x4 convolution, max-pooling by 5, ReLU and one linear layer, for 28 x 28 grey images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "sgd",
        LearningRate = 0.1,
        BatchSize = 16,
        Epochs = 3,
        EvaluateEverySteps = 100,
        Digits = new SyntheticDigitsOptions(),
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
            new Conv2d(1, 2, kernelSize: 4),
            new MaxPool2d(5),
            new ReLU(),
            new Flatten(),
            new Linear(2 * 5 * 5, 10));
        model.Initialize(seed);
        return model;
    }
}

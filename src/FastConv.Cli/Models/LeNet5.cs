using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>
/// LeNet-5 with ReLU and max-pooling; padding 2 makes 28 x 28 images the 32 x 32 that it was drawn for.
/// Source: LeCun et al., "Gradient-based learning applied to document recognition" (Proc. IEEE, 1998).
/// </summary>
internal static class LeNet5
{
    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "lenet5",
        Description = "LeCun's LeNet-5 with ReLU and max-pooling, for 28 x 28 grey images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "adam",
        LearningRate = 2e-3,
        Schedule = ScheduleName.Linear,
        BatchSize = 64,
        Epochs = 5,
        Digits = new SyntheticDigitsOptions(),
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
            new Conv2d(1, 6, kernelSize: 5, padding: 2),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(6, 16, kernelSize: 5),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(16 * 5 * 5, 120),
            new ReLU(),
            new Linear(120, 84),
            new ReLU(),
            new Linear(84, 10));
        model.Initialize(seed);
        return model;
    }
}

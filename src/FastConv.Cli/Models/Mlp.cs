using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>No convolution at all: linear layers, a sigmoid and a ReLU on flattened pixels, and the squared error to the one-hot class.</summary>
internal static class Mlp
{
    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "mlp",
        Description = "three linear layers with a sigmoid and a ReLU, trained by squared error, for 28 x 28 grey images in ten classes",
        Build = Build,
        CreateLoss = () => new MseLoss(),
        Optimizer = "momentum",
        LearningRate = 0.5,
        BatchSize = 32,
        Epochs = 5,
        Digits = new SyntheticDigitsOptions(),
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
            new Flatten(),
            new Linear(28 * 28, 128),
            new Sigmoid(),
            new Linear(128, 64),
            new ReLU(),
            new Linear(64, 10));
        model.Initialize(seed);
        return model;
    }
}

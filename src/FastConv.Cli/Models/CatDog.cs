using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Cli.Models;

/// <summary>
/// Four convolutions with batch normalisation and one probability, for photographs in two classes. Weights start Xavier-normal, biases at
/// 0, the normalisations' weights at N(1, 0.02).
/// </summary>
internal static class CatDog
{
    // Layers draw their defaults from the streams from 0 on.
    private const long WeightStream = 1L << 32;

    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "catdog",
        Description = "four convolutions with batch normalisation and two linear layers, for 224 x 224 colour images in two classes",
        Build = Build,
        CreateLoss = () => new BceLoss(),
        Optimizer = "adam",
        LearningRate = 5e-4,
        BatchSize = 16,
        Epochs = 10,
        DrawnEpochs = 3,
        Digits = new SyntheticDigitsOptions { Count = 400, Size = 224, Channels = 3, Classes = 2 },
        TestDigits = 100,
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
            new Conv2d(3, 16, kernelSize: 11, stride: 3),
            new BatchNorm2d(16),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(16, 32, kernelSize: 5),
            new BatchNorm2d(32),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(32, 64, kernelSize: 3, padding: 1),
            new BatchNorm2d(64),
            new ReLU(),
            new Conv2d(64, 64, kernelSize: 3),
            new BatchNorm2d(64),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(64 * 7 * 7, 2048),
            new ReLU(),
            new Linear(2048, 1),
            new Sigmoid());
        model.Initialize(seed);
        var random = new RandomSource(seed, WeightStream);
        model.Apply(layer => Start(layer, random));
        return model;
    }

    private static void Start(Layer layer, RandomSource random)
    {
        switch (layer)
        {
            case WeightedLayer weighted:
                Initializers.XavierNormal(weighted.Weight.Value, random);
                Initializers.Constant(weighted.Bias!.Value, 0);
                break;
            case BatchNorm2d { Weight: { } weight }:
                Initializers.Normal(weight.Value, random, mean: 1, deviation: 0.02f);
                break;
        }
    }
}

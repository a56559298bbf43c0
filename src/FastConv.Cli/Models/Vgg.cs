using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>
/// VGG's plan for small images: three blocks of two 3x3 convolutions with batch normalisation, of 64, 128 and 256 channels, and one linear layer.
/// Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition" (ICLR 2015).
/// </summary>
internal static class Vgg
{
    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "vgg",
        Alias = "vgg-small",
        Description = "six 3x3 convolutions with batch normalisation in three blocks and one linear layer, for 32 x 32 colour images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "adam",
        LearningRate = 1e-3,
        Schedule = ScheduleName.Linear,
        Augmentation = Augmentation.Flip | Augmentation.Crop,
        BatchSize = 32,
        Epochs = 30,
        DrawnEpochs = 2,
        Digits = new SyntheticDigitsOptions { Count = 2_000, Size = 32, Channels = 3 },
        TestDigits = 500,
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
        [
            .. Convolution(3, 64),
            .. Convolution(64, 64),
            new MaxPool2d(2),
            .. Convolution(64, 128),
            .. Convolution(128, 128),
            new MaxPool2d(2),
            .. Convolution(128, 256),
            .. Convolution(256, 256),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(256 * 4 * 4, 10),
        ]);
        model.Initialize(seed);
        return model;
    }

    private static Layer[] Convolution(int inChannels, int outChannels) =>
        [new Conv2d(inChannels, outChannels, kernelSize: 3, padding: 1), new BatchNorm2d(outChannels), new ReLU()];
}

using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>
/// ResNet-9 at half its width: a convolution, three that double the channels and halve the image, and a residual pair after the first and the last of
/// those. Source: Page, "How to train your ResNet" (2018), https://github.com/davidcpage/cifar10-fast.
/// </summary>
internal static class ResNet9
{
    private const int Width = 32;
    private const double LabelSmoothing = 0.1;

    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "resnet9",
        Description = "four 3x3 convolutions and two residual pairs with batch normalisation and one linear layer, for 32 x 32 colour images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(labelSmoothing: LabelSmoothing),
        Optimizer = "adamw",
        LearningRate = 4e-3,
        WeightDecay = 0.05,
        Schedule = ScheduleName.OneCycle,
        Augmentation = Augmentation.Flip | Augmentation.Crop | Augmentation.Cutout | Augmentation.MixUp,
        BatchSize = 64,
        Epochs = 90,
        DrawnEpochs = 2,
        Digits = new SyntheticDigitsOptions { Count = 2_000, Size = 32, Channels = 3 },
        TestDigits = 500,
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
        [
            .. Convolution(3, Width),
            .. Convolution(Width, 2 * Width),
            new MaxPool2d(2),
            Pair(2 * Width),
            .. Convolution(2 * Width, 4 * Width),
            new MaxPool2d(2),
            .. Convolution(4 * Width, 8 * Width),
            new MaxPool2d(2),
            Pair(8 * Width),
            new MaxPool2d(4),
            new Flatten(),
            new Linear(8 * Width, 10),
        ]);
        model.Initialize(seed);
        return model;
    }

    private static Residual Pair(int channels) => new(new Sequential([.. Convolution(channels, channels), .. Convolution(channels, channels)]));

    // The normalisation that follows has the bias.
    private static Layer[] Convolution(int inChannels, int outChannels) =>
        [new Conv2d(inChannels, outChannels, kernelSize: 3, padding: 1, bias: false), new BatchNorm2d(outChannels), new ReLU()];
}

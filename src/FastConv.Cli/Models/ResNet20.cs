using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>
/// ResNet-20: three stages of three blocks, of 16, 32 and 64 channels; where a stage changes the shape, a 1x1 convolution is the shortcut.
/// Source: He et al., "Deep residual learning for image recognition" (CVPR 2016), section 4.2, with shortcuts of option B.
/// </summary>
internal static class ResNet20
{
    private const int BlocksPerStage = 3;

    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "resnet20",
        Description = "nine residual blocks with batch normalisation in three stages and one linear layer, for 32 x 32 colour images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "adam",
        LearningRate = 1e-3,
        Schedule = ScheduleName.Linear,
        Augmentation = Augmentation.Flip | Augmentation.Crop,
        BatchSize = 64,
        Epochs = 30,
        DrawnEpochs = 3,
        Digits = new SyntheticDigitsOptions { Count = 2_000, Size = 32, Channels = 3 },
        TestDigits = 500,
    };

    private static Sequential Build(long seed)
    {
        var model = new Sequential(
        [
            .. Convolution(3, 16, kernel: 3, stride: 1),
            new ReLU(),
            .. Stage(16, 16, stride: 1),
            .. Stage(16, 32, stride: 2),
            .. Stage(32, 64, stride: 2),
            new GlobalAvgPool2d(),
            new Flatten(),
            new Linear(64, 10),
        ]);
        model.Initialize(seed);
        return model;
    }

    private static IEnumerable<Layer> Stage(int inChannels, int outChannels, int stride)
    {
        for (int block = 0; block < BlocksPerStage; block++)
        {
            bool isFirst = block == 0;
            yield return Block(isFirst ? inChannels : outChannels, outChannels, isFirst ? stride : 1);
            yield return new ReLU();
        }
    }

    private static Residual Block(int inChannels, int outChannels, int stride)
    {
        var body = new Sequential(
            [.. Convolution(inChannels, outChannels, 3, stride), new ReLU(), .. Convolution(outChannels, outChannels, 3, stride: 1)]);
        return new Residual(body, inChannels == outChannels ? null : new Sequential([.. Convolution(inChannels, outChannels, 1, stride)]));
    }

    // The normalisation that follows has the bias.
    private static Layer[] Convolution(int inChannels, int outChannels, int kernel, int stride) =>
        [new Conv2d(inChannels, outChannels, kernel, stride, padding: kernel / 2, bias: false), new BatchNorm2d(outChannels)];
}

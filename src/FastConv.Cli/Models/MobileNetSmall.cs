using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Cli.Models;

/// <summary>
/// MobileNetV2's plan for small images: inverted residuals, each a 1x1 convolution that widens, a 3x3 convolution that keeps to its channel, and
/// a 1x1 convolution that narrows without an activation. Fewer strides than the original, since its images are seven times as wide, and ReLU in place of ReLU6.
/// Source: Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks" (CVPR 2018), table 2.
/// </summary>
internal static class MobileNetSmall
{
    private const int StemChannels = 24;
    private const int HeadChannels = 256;

    // How many times wider the middle is than the ends.
    private const int Expansion = 4;

    private static readonly (int Channels, int Blocks, int Stride)[] Stages = [(24, 2, 1), (32, 3, 2), (64, 3, 2), (96, 2, 1)];

    public static ModelRecipe Recipe { get; } = new()
    {
        Name = "mobilenet-small",
        Description = "ten inverted residuals with depthwise convolutions and batch normalisation and one linear layer, for 32 x 32 colour images in ten classes",
        Build = Build,
        CreateLoss = () => new CrossEntropyLoss(),
        Optimizer = "adam",
        LearningRate = 2e-3,
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
        List<Layer> layers = [.. Convolution(3, StemChannels, kernel: 3, stride: 1), new ReLU()];
        int channels = StemChannels;
        foreach ((int outChannels, int blocks, int stride) in Stages)
        {
            for (int block = 0; block < blocks; block++)
            {
                layers.Add(Block(channels, outChannels, block == 0 ? stride : 1));
                channels = outChannels;
            }
        }

        layers.AddRange([.. Convolution(channels, HeadChannels, kernel: 1, stride: 1), new ReLU(), new GlobalAvgPool2d(), new Flatten(), new Linear(HeadChannels, 10)]);
        var model = new Sequential([.. layers]);
        model.Initialize(seed);
        return model;
    }

    private static Layer Block(int inChannels, int outChannels, int stride)
    {
        int middle = inChannels * Expansion;
        var body = new Sequential(
        [
            .. Convolution(inChannels, middle, kernel: 1, stride: 1),
            new ReLU(),
            .. Convolution(middle, middle, kernel: 3, stride, groups: middle),
            new ReLU(),
            .. Convolution(middle, outChannels, kernel: 1, stride: 1),
        ]);
        return stride == 1 && inChannels == outChannels ? new Residual(body) : body;
    }

    // The normalisation that follows has the bias.
    private static Layer[] Convolution(int inChannels, int outChannels, int kernel, int stride, int groups = 1) =>
        [new Conv2d(inChannels, outChannels, kernel, stride, padding: kernel / 2, groups: groups, bias: false), new BatchNorm2d(outChannels)];
}

using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Cases;

/// <summary>Small models for tests of whole models, over images [batch, 2, 8, 7].</summary>
internal static class ModelCases
{
    /// <summary>Every kind of layer, in 10 classes.</summary>
    public static Layer Everything() => new Sequential(Differentiable(), new Dropout(0.3f), new Softmax());

    /// <summary>Every kind of layer whose output is smooth, or has kinks that random numbers do not meet.</summary>
    public static Layer Differentiable() => new Sequential(
        new Conv2d(2, 4, kernelSize: 3, padding: 1, bias: false),
        new BatchNorm2d(4),
        new ReLU(),
        new MaxPool2d(3, 2, 1),
        new Residual(new Sequential(new Conv2d(4, 4, kernelSize: 3, padding: Padding.Same, groups: 2), new Tanh()), new Conv2d(4, 4, kernelSize: 1)),
        new Concat(
            new Sequential(new Conv2d(4, 3, kernelSize: (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2)), new LeakyReLU(0.1f), new HardSwish()),
            new AvgPool2d((2, 3), (2, 1)),
            new Sequential(new MaxPool2d((2, 3), (2, 1), exactFit: true), new BatchNorm2d(4, affine: false))),
        new Concat(new GlobalAvgPool2d(), new AvgPool2d(2)),
        new Flatten(),
        new Linear(22, 8, bias: false),
        new BatchNorm1d(8),
        new Sigmoid(),
        new Residual(new Sequential(new Linear(8, 8, bias: false), new GELU(), new HardSigmoid())),
        new SiLU(),
        new GELU(GELUApproximation.Tanh),
        new Linear(8, 10),
        new LogSoftmax());

    /// <summary>Two convolutions with pooling and two linear layers, over images [batch, 1, 12, 12].</summary>
    public static Layer LeNet() => new Sequential(
        new Conv2d(1, 3, kernelSize: 3, padding: 1),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(3, 4, kernelSize: 3),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(4 * 2 * 2, 8),
        new ReLU(),
        new Linear(8, 5));

    /// <summary>Large enough for every layer to be cut into pieces, over images [batch, 3, 32, 32].</summary>
    public static Sequential Wide() => new(
        new Conv2d(3, 12, kernelSize: 3, padding: 1), new BatchNorm2d(12), new ReLU(), new MaxPool2d(3, 1, 1),
        new Concat(new Conv2d(12, 7, kernelSize: 3, padding: 1, groups: 1), new AvgPool2d(3, 1, 1)),
        new Residual(new Sequential(new Conv2d(19, 19, kernelSize: 3, padding: 1, groups: 19), new Dropout(0.2f), new Tanh())),
        new MaxPool2d(2), new Flatten(), new Linear(19 * 256, 16), new LogSoftmax());

    public static Tensor Input(int batch) => Tensor.From(TestTensors.Random(batch, batch * 2 * 8 * 7), batch, 2, 8, 7);

    /// <summary>
    /// Four convolutions with batch normalisation and two linear layers, one probability out; over images [batch, 3, 224, 224], or of another size that has other features.
    /// </summary>
    public static Sequential CatDog(int features = 3136, int hidden = 2048) => new(
        new Conv2d(3, 16, kernelSize: 11, stride: 3), new BatchNorm2d(16), new ReLU(), new MaxPool2d(2),
        new Conv2d(16, 32, kernelSize: 5), new BatchNorm2d(32), new ReLU(), new MaxPool2d(2),
        new Conv2d(32, 64, kernelSize: 3, padding: 1), new BatchNorm2d(64), new ReLU(),
        new Conv2d(64, 64, kernelSize: 3), new BatchNorm2d(64), new ReLU(), new MaxPool2d(2),
        new Flatten(), new Linear(features, hidden), new ReLU(), new Linear(hidden, 1), new Sigmoid());

    /// <summary>AlexNet as torchvision has it, with fewer channels; images [batch, 3, 224, 224].</summary>
    public static Sequential AlexNet(int divisor) => Sequential.Named(
        ("features", new Sequential(
            new Conv2d(3, 64 / divisor, kernelSize: 11, stride: 4, padding: 2), new ReLU(), new MaxPool2d(3, 2),
            new Conv2d(64 / divisor, 192 / divisor, kernelSize: 5, padding: 2), new ReLU(), new MaxPool2d(3, 2),
            new Conv2d(192 / divisor, 384 / divisor, kernelSize: 3, padding: 1), new ReLU(),
            new Conv2d(384 / divisor, 256 / divisor, kernelSize: 3, padding: 1), new ReLU(),
            new Conv2d(256 / divisor, 256 / divisor, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(3, 2))),
        ("flatten", new Flatten()),
        ("classifier", new Sequential(
            new Dropout(), new Linear(256 / divisor * 36, 4096 / divisor), new ReLU(),
            new Dropout(), new Linear(4096 / divisor, 4096 / divisor), new ReLU(),
            new Linear(4096 / divisor, 1000))));
}

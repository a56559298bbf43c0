using FastConv.Layers;
using FastConv.Tensors;

namespace FastConv.Tests.Cases;

/// <summary>Small models for tests of whole models, over images [batch, 2, 12, 10].</summary>
internal static class ModelCases
{
    /// <summary>Every kind of layer that trains, in 10 classes.</summary>
    public static Layer Everything() => new Sequential(
        new Conv2d(2, 4, kernelSize: 3, padding: 1, bias: false),
        new ReLU(),
        new Residual(new Sequential(new Conv2d(4, 4, kernelSize: 3, padding: 1), new Tanh()), new Conv2d(4, 4, kernelSize: 1)),
        new Flatten(),
        new Linear(4 * 12 * 10, 8),
        new Sigmoid(),
        new Residual(new LeakyReLU(0.1f)),
        new Linear(8, 10),
        new LogSoftmax());

    public static Tensor Input(int batch) => Tensor.From(TestTensors.Random(batch, batch * 2 * 12 * 10), batch, 2, 12, 10);
}

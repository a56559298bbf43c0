using FastConv.Layers;
using FastConv.Memory;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Load;

/// <summary>The process that asks for more memory than it may have, and goes on.</summary>
internal static class ScarceMemory
{
    public const string Verb = "run-short-of-memory";
    public const string Usable = "usable after all";

    /// <summary>Half a billion floats, or more, of one tensor.</summary>
    public static int Run()
    {
        const int Huge = 1 << 29;
        Refused(() => new Tensor(Huge));
        Refused(() => BufferPool.Rent(Huge));

        Refused(() => new Linear(1, Huge));

        // The output of many pixels in many channels has no room, that of few has.
        Layer wide = new Conv2d(1, 4096, kernelSize: 1);
        Refused(() => wide.Forward(new Tensor(1, 1, 512, 512)));
        Refused(() => wide.Predict(new Tensor(1, 1, 512, 512)));
        Assert.Equal(4096, wide.Forward(new Tensor(1, 1, 1, 1)).Shape.Length);

        Assert.Equal(0, BufferPool.Rented);
        Layer model = ModelCases.Everything();
        model.Initialize(1);
        model.Predict(ModelCases.Input(2));
        Console.WriteLine(Usable);
        return 0;
    }

    private static void Refused(Func<object?> action) => Console.WriteLine(Assert.Throws<OutOfMemoryException>(action).Message);
}

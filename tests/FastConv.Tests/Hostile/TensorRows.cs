using FastConv.Parallelism;
using FastConv.Randomness;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Tensors of impossible shapes, indices outside of them, and numbers that nothing can be drawn from.</summary>
internal static class TensorRows
{
    private static readonly Tensor Matrix = new(2, 3);

    public static HostileRow[] All =>
    [
        Range("new Tensor", "a size of 0", "every size of a tensor is at least 1", call => _ = new Tensor(2, 0), Negative),
        Argument("new Tensor", "2^64 elements, which are 0 in 64 bits", "more elements than one array can hold", call => _ = new Tensor(1 << 16, 1 << 16, 1 << 16, 1 << 16), Overflow),
        Argument("Tensor.From", "fewer values than the shape has", "has 6 elements, received 5 values", _ => Tensor.From(new float[5], 2, 3), ShortBuffer),
        Range("Tensor.From", "a negative size", "every size of a tensor is at least 1", _ => Tensor.From(new float[6], -2, -3), Negative),
        Argument("Tensor.Reshape", "another number of elements", "has 6 elements, [7] has 7", _ => Matrix.Reshape(7), ShortBuffer),
        Range("Tensor.Reshape", "sizes of -2 and -3", "every size of a tensor is at least 1", _ => Matrix.Reshape(-2, -3), Negative),
        Range("Tensor.Item", "an index behind its axis", "index 3 of axis 1 is outside of [2, 3]", _ => Matrix[0, 3] = 1, BadIndex),
        Range("Tensor.Item", "a negative index", "index -1 of axis 0 is outside of [2, 3]", _ => Matrix[-1, 0] = 1, BadIndex),
        Argument("Tensor.Item", "one index too few", "takes 2 indices, received 1", _ => Matrix[1] = 1, BadIndex),
        Defined("Tensor.AsTensorSpan", "100000 axes of one value", "that value, and no overflow of the stack", _ => Assert.Equal(1, (int)new Tensor(Enumerable.Repeat(1, 100_000).ToArray()).AsTensorSpan().FlattenedLength), "CWE-121"),
        Argument("new Parameter", "an empty name", "name", call => _ = new Parameter("", Matrix)),
        Missing("new Parameter", "no value", "value", call => _ = new Parameter("weight", null!)),
        Missing("Layouts.NhwcToNchw", "no images", "tensor", _ => Layouts.NhwcToNchw(null!)),
        Argument("Layouts.NhwcToNchw", "two axes", "expected a shape [batch, height, width, channels], received [2, 3]", _ => Layouts.NhwcToNchw(Matrix), BadIndex),
        Argument("Layouts.NhwcToNchw", "result one too short", "images and result expect 4 elements, received 4 and 3", call => Layouts.NhwcToNchw(1, 2, 2, 1, (ReadOnlySpan<float>)new float[4], call.Output(3)), ShortBuffer),
        Argument("Layouts.NhwcToNchw", "result in the memory of the images", "result expects memory of its own", call => SharedLayout(call.Output(5)), Overlap),
        Range("Layouts.NhwcToNchw", "a size of 0", "every size of a tensor is at least 1", call => Layouts.NhwcToNchw(1, 0, 2, 1, (ReadOnlySpan<float>)new float[4], call.Output(4)), Negative),
        Argument("Layouts.NchwToNhwc", "two axes", "received [2, 3]", _ => Layouts.NchwToNhwc(Matrix), BadIndex),
        Argument("Layouts.HwioToOihw", "two axes", "received [2, 3]", _ => Layouts.HwioToOihw(Matrix), BadIndex),
        Argument("Layouts.OihwToHwio", "two axes", "received [2, 3]", _ => Layouts.OihwToHwio(Matrix), BadIndex),
        Missing("Initializers.Constant", "no tensor", "tensor", _ => Initializers.Constant(null!, 1)),
        Range("Initializers.Uniform", "low above high", "low", _ => Initializers.Uniform(NewTensor(), new RandomSource(1), 1, 0), Negative),
        Range("Initializers.Uniform", "an infinite interval", "finite", _ => Initializers.Uniform(NewTensor(), new RandomSource(1), float.MinValue, float.MaxValue), NotFinite),
        Range("Initializers.Normal", "deviation -1", "deviation", _ => Initializers.Normal(NewTensor(), new RandomSource(1), 0, -1), Negative),
        Range("Initializers.Normal", "mean NaN", "mean expects a finite number", _ => Initializers.Normal(NewTensor(), new RandomSource(1), float.NaN), NotFinite),
        Argument("Initializers.KaimingUniform", "one axis", "at least two axes, received [3]", _ => Initializers.KaimingUniform(new Tensor(3), new RandomSource(1)), BadIndex),
        Range("Initializers.KaimingNormal", "slope NaN", "slope expects a finite number", _ => Initializers.KaimingNormal(NewTensor(), new RandomSource(1), float.NaN), NotFinite),
        Range("Initializers.XavierUniform", "gain -1", "gain", _ => Initializers.XavierUniform(NewTensor(), new RandomSource(1), -1), Negative),
        Missing("Initializers.XavierNormal", "no random numbers", "random", _ => Initializers.XavierNormal(NewTensor(), null!)),
        Range("Initializers.Gain", "a nonlinearity that there is not", "there is no gain for 99", _ => Initializers.Gain((Nonlinearity)99), Enumeration),
        Range("RandomSource.NextInt", "bound 0", "bound", _ => new RandomSource(1).NextInt(0), ZeroDivisor),
        Range("RandomSource.NextInt", "a negative bound", "bound", _ => new RandomSource(1).NextInt(int.MinValue), Negative),
        Defined("RandomSource.NextSingle", "an interval from NaN", "NaN", _ => Assert.True(float.IsNaN(new RandomSource(1).NextSingle(float.NaN, 1))), NotFinite),
        Defined("RandomSource.Shuffle", "nothing", "nothing", _ => new RandomSource(1).Shuffle(Span<int>.Empty)),
        Defined("new RandomSource", "seed and stream of long.MinValue", "a sequence like any other", _ => Assert.InRange(new RandomSource(long.MinValue, long.MinValue).NextSingle(), 0, 1), Negative),
        Range("ThreadSettings.LimitTo", "0 threads", "threads", _ => ThreadSettings.LimitTo(0).Dispose(), Negative),
        Range("ThreadSettings.MaxThreads", "int.MaxValue", "threads", _ => ThreadSettings.MaxThreads = int.MaxValue, Unbounded),
    ];

    private static Tensor NewTensor() => Tensor.From(TestTensors.NaNs(6), 2, 3);

    private static void SharedLayout(float[] memory) => Layouts.NhwcToNchw(1, 2, 2, 1, (ReadOnlySpan<float>)memory.AsSpan(0, 4), memory.AsSpan(1));
}

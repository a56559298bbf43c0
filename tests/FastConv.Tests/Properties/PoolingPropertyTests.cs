using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>
/// Pooling hands out every gradient once: the sum of what goes in is the sum of what comes out. For maxima under any padding; for means under any padding that
/// does not count, and without padding where it would.
/// </summary>
public sealed class PoolingPropertyTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 100_000).ToArbitrary();

    [Fact]
    public void Maxima_pass_every_gradient_on() => PropertyRun.ForAll(Seeds, seed =>
    {
        Pool2dShape shape = PoolCases.Random(seed, 1, isDilated: true).Single();
        float[] gradOutput = TestTensors.Random(seed, shape.OutputShape.Length);
        byte[] argmax = new byte[shape.ArgmaxLength];
        MaxPool2dPrimitives.Forward(shape, TestTensors.Random(seed + 1, shape.InputShape.Length), new float[gradOutput.Length], argmax);
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        MaxPool2dPrimitives.Backward(shape, gradOutput, argmax, gradInput);
        AssertSameSum(shape, gradOutput, gradInput);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Means_pass_every_gradient_on(bool countIncludePad) => PropertyRun.ForAll(Seeds, seed =>
    {
        Pool2dShape shape = PoolCases.Random(seed, 1, isDilated: false).Single();
        if (countIncludePad)
        {
            // What lies on padding would get a share that nobody sees.
            shape = Pool2dShape.Create(
                shape.Batch, shape.Channels, shape.Vertical.Input + shape.Vertical.Window, shape.Horizontal.Input + shape.Horizontal.Window, (shape.Vertical.Window, shape.Horizontal.Window), (shape.Vertical.Stride, shape.Horizontal.Stride));
        }

        float[] gradOutput = TestTensors.Random(seed, shape.OutputShape.Length);
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        AvgPool2dPrimitives.Backward(shape, gradOutput, gradInput, countIncludePad);
        AssertSameSum(shape, gradOutput, gradInput);
    });

    [Fact]
    public void Permuting_the_planes_permutes_the_result_bit_for_bit() => PropertyRun.ForAll(Seeds, seed =>
    {
        Pool2dShape shape = PoolCases.Random(seed, 1, isDilated: false).Single();
        float[] input = TestTensors.Random(seed, shape.InputShape.Length);
        int[] order = [.. Enumerable.Range(0, shape.Planes)];
        new RandomSource(seed).Shuffle<int>(order);
        float[] output = new float[shape.OutputShape.Length];
        float[] permuted = new float[shape.OutputShape.Length];
        MaxPool2dPrimitives.Forward(shape, input, output);
        MaxPool2dPrimitives.Forward(shape, Ordered(input, order), permuted);
        TestTensors.AssertSameBits(Ordered(output, order), permuted, $"{shape}");
        AvgPool2dPrimitives.Forward(shape, input, output);
        AvgPool2dPrimitives.Forward(shape, Ordered(input, order), permuted);
        TestTensors.AssertSameBits(Ordered(output, order), permuted, $"{shape}");
    });

    private static float[] Ordered(float[] planes, int[] order)
    {
        float[][] chunks = [.. planes.Chunk(planes.Length / order.Length)];
        return [.. order.SelectMany(plane => chunks[plane])];
    }

    // Each gradient is divided, multiplied and added to at most the windows over a pixel, in float.
    private static void AssertSameSum(Pool2dShape shape, float[] gradOutput, float[] gradInput)
    {
        double magnitude = gradOutput.Sum(value => Math.Abs((double)value));
        double allowed = magnitude * ErrorBound.RelativeError(shape.WindowLength + 2);
        Assert.InRange(gradInput.Sum(value => (double)value) - gradOutput.Sum(value => (double)value), -allowed, allowed);
    }
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Hostile;

/// <summary>
/// Convolutions of a few pixels whose strides, paddings and dilations are near 2^30. Every algorithm computes them or says that it cannot; memory stays
/// as small as the tensors are.
/// </summary>
internal static class Extremes
{
    private const int Huge = 1 << 30;

    private static readonly ConvCase[] Cases =
    [
        .. new[]
        {
            Conv2dShape.Create(1, 2, 2, 3, 2, 2, stride: Huge, padding: Padding.Sides(0, Huge, 0, Huge)),
            Conv2dShape.Create(2, 2, 2, 2, 2, 2, padding: Padding.Sides(Huge, 0, Huge, 0), dilation: Huge),
            Conv2dShape.Create(1, 3, 3, 2, 3, 2, stride: Huge / 4, padding: Padding.Sides(Huge / 2, Huge / 2, Huge / 2, Huge / 2 - 1), dilation: Huge / 2, groups: 3),
            Conv2dShape.Create(1, 16, 2, 2, 16, 3, stride: (1, Huge), padding: Padding.Sides(1, 1, 1, Huge)),
            Conv2dShape.Create(1, 2, 3, 3, 4, (3, 1), stride: (Huge, 1), padding: Padding.Sides(Huge / 2, Huge / 2, 0, 0), dilation: (Huge / 2, 1), groups: 2),
            Conv2dShape.Create(1, 1, 1, 120_003, 2, (1, 2), stride: (1, 60_000), dilation: (1, 60_001)),
            Conv2dShape.Create(1, 8, 2, 27, 8, (1, 2), stride: 2, padding: Padding.Sides(0, 0, Huge / 2 - 1, Huge / 2 + 1), dilation: (1, Huge)),
            Conv2dShape.Create(1, 1, 2, 3, 1, 1, stride: int.MaxValue, padding: Padding.Sides(0, int.MaxValue - 2, 0, int.MaxValue - 3)),
        }.Select((shape, number) => new ConvCase($"extreme {number}", shape)),
    ];

    public static void AssertForward() => AssertEach(
        test => Conv2dReference.Forward(test.Shape, TestTensors.ToDouble(test.Input), TestTensors.ToDouble(test.Weight), null),
        (test, options, output) => Conv2dPrimitives.Forward(test.Shape, test.Input, test.Weight, [], output, options),
        before: float.NaN);

    public static void AssertBackwardInput() => AssertEach(
        test => Conv2dReference.BackwardInput(test.Shape, TestTensors.ToDouble(test.GradOutput), TestTensors.ToDouble(test.Weight)),
        (test, options, gradInput) => Conv2dPrimitives.BackwardInput(test.Shape, test.GradOutput, test.Weight, gradInput, options),
        before: float.NaN);

    public static void AssertBackwardWeight() => AssertEach(
        test => Conv2dReference.BackwardWeight(test.Shape, TestTensors.ToDouble(test.Input), TestTensors.ToDouble(test.GradOutput)),
        (test, options, gradWeight) => Conv2dPrimitives.BackwardWeight(test.Shape, test.Input, test.GradOutput, gradWeight, [], options),
        before: 0);

    // What an algorithm refuses it leaves as it was before, and Auto refuses none.
    private static void AssertEach(Func<ConvCase, double[]> reference, Action<ConvCase, ConvolutionOptions, float[]> pass, float before)
    {
        foreach (ConvCase test in Cases)
        {
            double[] expected = reference(test);
            foreach (ConvolutionAlgorithm algorithm in Enum.GetValues<ConvolutionAlgorithm>())
            {
                float[] actual = new float[expected.Length];
                Array.Fill(actual, before);
                if (CanDo(() => pass(test, new ConvolutionOptions { Algorithm = algorithm }, actual)))
                {
                    TestTensors.AssertClose(expected, actual, context: $"{test}, {algorithm}");
                }
                else
                {
                    Assert.NotEqual(ConvolutionAlgorithm.Auto, algorithm);
                    Assert.Equal(-1, actual.AsSpan().IndexOfAnyExcept(before));
                }
            }
        }
    }

    private static bool CanDo(Action pass)
    {
        try
        {
            pass();
            return true;
        }
        catch (ArgumentException error) when (error.Message.Contains("cannot do", StringComparison.Ordinal) || error.Message.Contains("larger than one array", StringComparison.Ordinal))
        {
            return false;
        }
    }
}

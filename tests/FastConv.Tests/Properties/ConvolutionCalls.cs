using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Properties;

/// <summary>The three passes with results of their own, which hold NaN where nothing is written, and sums over their operands' magnitudes.</summary>
internal static class ConvolutionCalls
{
    public static float[] Forward(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ConvolutionOptions? options = null)
    {
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        Conv2dPrimitives.Forward(shape, input, weight, [], output, options);
        return output;
    }

    public static float[] BackwardInput(Conv2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, ConvolutionOptions? options = null)
    {
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, gradInput, options);
        return gradInput;
    }

    public static float[] BackwardWeight(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> gradOutput, ConvolutionOptions? options = null)
    {
        var gradWeight = new float[shape.WeightShape.Length];
        Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, [], options);
        return gradWeight;
    }

    public static float[] Absolute(float[] values) => Array.ConvertAll(values, MathF.Abs);

    /// <summary>
    /// Two results of the same sums in another order, and with another zero here and there: both are within the bound of the exact one, so their difference is within
    /// twice the bound.
    /// </summary>
    public static void AssertSameSums(float[] expected, float[] actual, float[] magnitude, int terms, string context)
    {
        double relative = 2 * ErrorBound.RelativeError(terms);
        for (int index = 0; index < expected.Length; index++)
        {
            double allowed = relative * magnitude[index] * (1 + relative);
            Assert.True(
                Math.Abs((double)actual[index] - expected[index]) <= allowed,
                $"{context}: [{index}] is {actual[index]:G9} beside {expected[index]:G9}, allowed {allowed:G3}");
        }
    }
}

using FastConv.Shapes;
using FastConv.Tests.Cases;
using static FastConv.Tests.Properties.ConvolutionCalls;

namespace FastConv.Tests.Properties;

/// <summary>What must hold for every convolution, whatever its sizes; a failing shape is made as small as it can be.</summary>
public sealed class ConvolutionLinearityTests
{
    /// <summary>BackwardInput and BackwardWeight are the adjoints of forward: (conv(x, w), g) = (x, backwardInput(g, w)) = (w, backwardWeight(x, g)).</summary>
    [Fact]
    public void BackwardPasses_AreForwardsAdjoints() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        double product = Dot(Forward(test.Shape, test.Input, test.Weight), test.GradOutput);
        double throughInput = Dot(test.Input, BackwardInput(test.Shape, test.GradOutput, test.Weight));
        double throughWeight = Dot(test.Weight, BackwardWeight(test.Shape, test.Input, test.GradOutput));
        double magnitude = Dot(Forward(test.Shape, Absolute(test.Input), Absolute(test.Weight)), Absolute(test.GradOutput));
        double allowed = magnitude * ErrorBound.RelativeError(test.ForwardTerms + test.BackwardInputTerms + test.BackwardWeightTerms);
        Assert.InRange(throughInput - product, -allowed, allowed);
        Assert.InRange(throughWeight - product, -allowed, allowed);
    });

    /// <summary>conv(2x - 3z, w) = 2 conv(x, w) - 3 conv(z, w), and as much for w.</summary>
    [Fact]
    public void Forward_IsLinearInBothFactors() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        float[] otherInput = TestTensors.Random(7, test.Input.Length);
        float[] otherWeight = TestTensors.Random(8, test.Weight.Length);
        float[] magnitude = Forward(
            test.Shape, Combine(Absolute(test.Input), Absolute(otherInput), 2, 3), Combine(Absolute(test.Weight), Absolute(otherWeight), 2, 3));
        float[] first = Forward(test.Shape, test.Input, test.Weight);
        AssertClose(
            Forward(test.Shape, Combine(test.Input, otherInput, 2, -3), test.Weight), Combine(first, Forward(test.Shape, otherInput, test.Weight), 2, -3));
        AssertClose(
            Forward(test.Shape, test.Input, Combine(test.Weight, otherWeight, 2, -3)), Combine(first, Forward(test.Shape, test.Input, otherWeight), 2, -3));

        void AssertClose(float[] actual, float[] expected)
        {
            double relative = ErrorBound.RelativeError(2 * (test.ForwardTerms + 3));
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.InRange(actual[i] - expected[i], -relative * magnitude[i], relative * magnitude[i]);
            }
        }
    });

    /// <summary>An image does not know its neighbours: a batch gives what its images give alone, bit for bit.</summary>
    [Fact]
    public void Batch_IsItsImages() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        Conv2dShape one = test.Shape.WithBatch(1);
        float[] output = Forward(test.Shape, test.Input, test.Weight);
        float[] gradInput = BackwardInput(test.Shape, test.GradOutput, test.Weight);
        for (int image = 0; image < test.Shape.Batch; image++)
        {
            Span<float> input = test.Input.AsSpan(image * one.InputShape.Length, one.InputShape.Length);
            Span<float> gradOutput = test.GradOutput.AsSpan(image * one.OutputShape.Length, one.OutputShape.Length);
            TestTensors.AssertSameBits(Forward(one, input, test.Weight), output.AsSpan(image * one.OutputShape.Length, one.OutputShape.Length));
            TestTensors.AssertSameBits(BackwardInput(one, gradOutput, test.Weight), gradInput.AsSpan(image * input.Length, input.Length));
        }
    });

    private static float[] Combine(float[] x, float[] y, float a, float b) => [.. x.Zip(y, (left, right) => a * left + b * right)];

    private static double Dot(float[] x, float[] y) => x.Zip(y, (left, right) => (double)left * right).Sum();
}

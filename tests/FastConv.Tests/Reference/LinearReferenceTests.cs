using FastConv.Tests.Cases;

namespace FastConv.Tests.Reference;

public sealed class LinearReferenceTests
{
    [Fact]
    public void Forward_IsWorkedOutByHand() =>
        Assert.Equal([51, 132, 81, 222], LinearReference.Forward(2, 2, 2, [1, 2, 4, 2], [10, 20, 30, 50], [1, 2]));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 4, 2)]
    [InlineData(2, 5, 7)]
    public void Gradients_AreThoseOfForward(int batch, int inFeatures, int outFeatures)
    {
        double[] input = TestTensors.ToDouble(TestTensors.Random(1, batch * inFeatures));
        double[] weight = TestTensors.ToDouble(TestTensors.Random(2, outFeatures * inFeatures));
        double[] bias = TestTensors.ToDouble(TestTensors.Random(3, outFeatures));
        double[] gradOutput = TestTensors.ToDouble(TestTensors.Random(4, batch * outFeatures));

        FiniteDifference.AssertMatches(
            x => LinearReference.Forward(batch, inFeatures, outFeatures, x, weight, bias),
            input,
            gradOutput,
            LinearReference.BackwardInput(batch, inFeatures, outFeatures, gradOutput, weight));
        FiniteDifference.AssertMatches(
            w => LinearReference.Forward(batch, inFeatures, outFeatures, input, w, bias),
            weight,
            gradOutput,
            LinearReference.BackwardWeight(batch, inFeatures, outFeatures, input, gradOutput));
        FiniteDifference.AssertMatches(
            b => LinearReference.Forward(batch, inFeatures, outFeatures, input, weight, b),
            bias,
            gradOutput,
            LinearReference.BackwardBias(batch, outFeatures, gradOutput));
    }
}

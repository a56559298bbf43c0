using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Reference;

/// <summary>The oracle itself: sums worked out by hand, and its gradients against finite differences.</summary>
public sealed class Conv2dReferenceTests
{
    [Fact]
    public void Forward_OfARow_IsWorkedOutByHand()
    {
        Assert.Equal([321, 432, 543], Row(Conv2dShape.Create(1, 1, 1, 5, 1, (1, 3))));
        Assert.Equal([210, 432, 54], Row(Conv2dShape.Create(1, 1, 1, 5, 1, (1, 3), stride: 2, padding: (0, 1))));
        Assert.Equal([531], Row(Conv2dShape.Create(1, 1, 1, 5, 1, (1, 3), dilation: 2)));
        Assert.Equal([100, 432], Row(Conv2dShape.Create(1, 1, 1, 5, 1, (1, 3), stride: 3, padding: Padding.Sides(0, 0, 2, 1))));

        static double[] Row(Conv2dShape shape) => Conv2dReference.Forward(shape, [1, 2, 3, 4, 5], [1, 10, 100], null);
    }

    [Fact]
    public void Forward_OfASquare_DoesNotTurnTheKernel() =>
        Assert.Equal([4321], Conv2dReference.Forward(Conv2dShape.Create(1, 1, 2, 2, 1, 2), [1, 2, 3, 4], [1, 10, 100, 1000], null));

    [Fact]
    public void Forward_OfGroups_SeesItsOwnChannels()
    {
        var shape = Conv2dShape.Create(2, 2, 1, 1, 4, 1, groups: 2);

        Assert.Equal([1, 2, 6, 8, 10, 20, 60, 80], Conv2dReference.Forward(shape, [1, 2, 10, 20], [1, 2, 3, 4], null));
        Assert.Equal([101, 202, 306, 408, 110, 220, 360, 480], Conv2dReference.Forward(shape, [1, 2, 10, 20], [1, 2, 3, 4], [100, 200, 300, 400]));
    }

    [Theory]
    [MemberData(nameof(ConvCases.Tiny), MemberType = typeof(ConvCases))]
    public void Gradients_AreThoseOfForward(string name)
    {
        ConvCase test = ConvCases.Get(name);
        Conv2dShape shape = test.Shape;
        double[] input = TestTensors.ToDouble(test.Input);
        double[] weight = TestTensors.ToDouble(test.Weight);
        double[] bias = TestTensors.ToDouble(test.Bias);
        double[] gradOutput = TestTensors.ToDouble(test.GradOutput);

        FiniteDifference.AssertMatches(
            x => Conv2dReference.Forward(shape, x, weight, bias), input, gradOutput, Conv2dReference.BackwardInput(shape, gradOutput, weight));
        FiniteDifference.AssertMatches(
            w => Conv2dReference.Forward(shape, input, w, bias), weight, gradOutput, Conv2dReference.BackwardWeight(shape, input, gradOutput));
        FiniteDifference.AssertMatches(
            b => Conv2dReference.Forward(shape, input, weight, b), bias, gradOutput, Conv2dReference.BackwardBias(shape, gradOutput));
    }
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>Weights so many that threads, after they have shared the blocks of pixels, share the sum over them.</summary>
[Collection(ThreadCases.Collection)]
public sealed class WinogradGradientPartsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_weights_gradient_is_the_definition_on_any_number_of_threads(int threads)
    {
        var test = new ConvCase("many weights", Conv2dShape.Create(4, 40, 28, 28, 40, 3, padding: 1));
        var gradWeight = new float[test.Shape.WeightShape.Length];
        Conv2dPrimitives.BackwardWeight(
            test.Shape, test.Input, test.GradOutput, gradWeight, [], new() { Algorithm = ConvolutionAlgorithm.Winograd4x4, MaxThreads = threads });
        double[] expected = Conv2dReference.BackwardWeight(test.Shape, TestTensors.ToDouble(test.Input), TestTensors.ToDouble(test.GradOutput));
        TestTensors.AssertClose(expected, gradWeight, 1e-4, $"{threads} threads");
    }
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>What convolution refuses, before it writes anything.</summary>
public sealed class Conv2dErrorTests
{
    private static readonly Conv2dShape Shape = Conv2dShape.Create(2, 3, 5, 6, 4, 3);

    private readonly float[] _input = new float[Shape.InputShape.Length];
    private readonly float[] _weight = new float[Shape.WeightShape.Length];
    private readonly float[] _bias = new float[Shape.OutChannels];
    private readonly float[] _output = TestTensors.NaNs(Shape.OutputShape.Length);
    private readonly float[] _gradInput = TestTensors.NaNs(Shape.InputShape.Length);
    private readonly float[] _gradWeight = TestTensors.NaNs(Shape.WeightShape.Length);
    private readonly float[] _gradBias = TestTensors.NaNs(Shape.OutChannels);

    [Theory]
    [InlineData(-1, 0, 0, 0, "Conv2d.Forward: input expects 180 elements, received 179.")]
    [InlineData(1, 0, 0, 0, "Conv2d.Forward: input expects 180 elements, received 181.")]
    [InlineData(0, -1, 0, 0, "Conv2d.Forward: weight expects 108 elements, received 107.")]
    [InlineData(0, 0, 1, 0, "Conv2d.Forward: bias expects 4 elements or none, received 5.")]
    [InlineData(0, 0, 0, -1, "Conv2d.Forward: output expects 96 elements, received 95.")]
    [InlineData(0, 0, 0, 1, "Conv2d.Forward: output expects 96 elements, received 97.")]
    public void Forward_RefusesWrongLengths(int input, int weight, int bias, int output, string message)
    {
        float[] result = TestTensors.NaNs(_output.Length + output);
        var error = Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(
            Shape, new float[_input.Length + input], new float[_weight.Length + weight], new float[_bias.Length + bias], result));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(result);
    }

    [Theory]
    [InlineData(1, 0, 0, "Conv2d.BackwardInput: gradOutput expects 96 elements, received 97.")]
    [InlineData(0, 1, 0, "Conv2d.BackwardInput: weight expects 108 elements, received 109.")]
    [InlineData(0, 0, -1, "Conv2d.BackwardInput: gradInput expects 180 elements, received 179.")]
    public void BackwardInput_RefusesWrongLengths(int gradOutput, int weight, int gradInput, string message)
    {
        float[] result = TestTensors.NaNs(_gradInput.Length + gradInput);
        var error = Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardInput(
            Shape, new float[_output.Length + gradOutput], new float[_weight.Length + weight], result));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(result);
    }

    [Theory]
    [InlineData(1, 0, 0, 0, "Conv2d.BackwardWeight: input expects 180 elements, received 181.")]
    [InlineData(0, 1, 0, 0, "Conv2d.BackwardWeight: gradOutput expects 96 elements, received 97.")]
    [InlineData(0, 0, 1, 0, "Conv2d.BackwardWeight: gradWeight expects 108 elements, received 109.")]
    [InlineData(0, 0, 0, -1, "Conv2d.BackwardWeight: gradBias expects 4 elements or none, received 3.")]
    public void BackwardWeight_RefusesWrongLengths(int input, int gradOutput, int gradWeight, int gradBias, string message)
    {
        float[] weightResult = TestTensors.NaNs(_gradWeight.Length + gradWeight);
        float[] biasResult = TestTensors.NaNs(_gradBias.Length + gradBias);
        var error = Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardWeight(
            Shape, new float[_input.Length + input], new float[_output.Length + gradOutput], weightResult, biasResult));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(weightResult);
        TestTensors.AssertUntouched(biasResult);
    }

    [Fact]
    public void ResultsInTheMemoryOfInputs_AreRefused()
    {
        float[] memory = TestTensors.NaNs(1000);

        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(Shape, memory.AsSpan(0, 180), _weight, _bias, memory.AsSpan(100, 96)));
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(Shape, _input, memory.AsSpan(0, 108), _bias, memory.AsSpan(107, 96)));
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(Shape, _input, _weight, memory.AsSpan(95, 4), memory.AsSpan(0, 96)));
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardInput(Shape, memory.AsSpan(0, 96), _weight, memory.AsSpan(95, 180)));
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardWeight(Shape, memory.AsSpan(0, 180), _output, memory.AsSpan(179, 108), _gradBias));
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardWeight(Shape, _input, _output, memory.AsSpan(0, 108), memory.AsSpan(107, 4)));
        TestTensors.AssertUntouched(memory);
    }

    [Theory]
    [InlineData(ConvolutionAlgorithm.RotatedKernel)]
    [InlineData((ConvolutionAlgorithm)1000)]
    [InlineData((ConvolutionAlgorithm)(-1))]
    public void AlgorithmThatCannotDoIt_IsRefused(ConvolutionAlgorithm algorithm)
    {
        var options = new ConvolutionOptions { Algorithm = algorithm };
        var error = Assert.Throws<ArgumentException>(() => Conv2dPrimitives.Forward(Shape, _input, _weight, _bias, _output, options));

        Assert.StartsWith($"Conv2d.Forward: the algorithm {algorithm} cannot do", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Conv2dPrimitives.BackwardWeight(Shape, _input, new float[96], _gradWeight, _gradBias, options));
        TestTensors.AssertUntouched(_output);
        TestTensors.AssertUntouched(_gradWeight);
        TestTensors.AssertUntouched(_gradBias);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    public void ImpossibleThreadCount_IsRefused(int threads)
    {
        var options = new ConvolutionOptions { MaxThreads = threads };

        Assert.Throws<ArgumentOutOfRangeException>(() => Conv2dPrimitives.Forward(Shape, _input, _weight, _bias, _output, options));
        TestTensors.AssertUntouched(_output);
    }

    [Fact]
    public void MissingShape_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Conv2dPrimitives.Forward(null!, _input, _weight, _bias, _output));
        Assert.Throws<ArgumentNullException>(() => Conv2dPrimitives.BackwardInput(null!, _output, _weight, _gradInput));
        Assert.Throws<ArgumentNullException>(() => Conv2dPrimitives.BackwardWeight(null!, _input, _output, _gradWeight, _gradBias));
    }
}

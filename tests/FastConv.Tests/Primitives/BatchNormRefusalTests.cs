using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

public sealed class BatchNormRefusalTests
{
    private static readonly BatchNormShape Shape = BatchNormShape.Create(2, 3, 4);

    private readonly float[] _data = new float[24];
    private readonly float[] _channels = new float[3];
    private readonly float[] _output = TestTensors.NaNs(24);
    private readonly float[] _running = TestTensors.NaNs(3);
    private readonly float[] _saved = TestTensors.NaNs(3);

    [Fact]
    public void One_value_a_channel_has_no_variance()
    {
        string message = Refused(() => BatchNormPrimitives.ForwardTraining(
            BatchNormShape.Create(1, 3, 1), _data.AsSpan(0, 3), [], [], _running, _running, 0.1f, 1e-5f, _output.AsSpan(0, 3), _saved, _saved));
        Assert.Contains("BatchNorm.ForwardTraining: input expects more than 1 value per channel, received [1, 3, 1]", message, StringComparison.Ordinal);
        BatchNormPrimitives.ForwardInference(BatchNormShape.Create(1, 3, 1), _data.AsSpan(0, 3), [], [], _channels, _channels, 1e-5f, new float[3]);
    }

    [Theory]
    [InlineData(float.NaN, 1e-5f, "momentum")]
    [InlineData(-0.1f, 1e-5f, "momentum")]
    [InlineData(1.1f, 1e-5f, "momentum")]
    [InlineData(0.1f, float.NaN, "epsilon")]
    [InlineData(0.1f, -1e-5f, "epsilon")]
    [InlineData(0.1f, float.PositiveInfinity, "epsilon")]
    public void Numbers_out_of_range_are_refused(float momentum, float epsilon, string name) =>
        Assert.Contains($"BatchNorm.ForwardTraining: {name} expects a number from 0", Refused(() => Train(momentum: momentum, epsilon: epsilon)), StringComparison.Ordinal);

    [Fact]
    public void Wrong_lengths_are_refused_in_training()
    {
        AssertRefused("BatchNorm.ForwardTraining: input expects 24 elements, received 23", () => Train(input: 23));
        AssertRefused("BatchNorm.ForwardTraining: weight expects 3 elements or none, received 2", () => Train(weight: 2));
        AssertRefused("BatchNorm.ForwardTraining: bias expects 3 elements or none, received 1", () => Train(bias: 1));
        AssertRefused("BatchNorm.ForwardTraining: runningMean expects 3 elements or none, received 2", () => Train(runningMean: 2));
        AssertRefused("BatchNorm.ForwardTraining: runningVariance expects 3 elements, received 0", () => Train(runningVariance: 0));
        AssertRefused("BatchNorm.ForwardTraining: runningVariance expects 0 elements, received 3", () => Train(runningMean: 0));
        AssertRefused("BatchNorm.ForwardTraining: output expects 24 elements, received 23", () => Train(output: 23));
        AssertRefused("BatchNorm.ForwardTraining: savedMean expects 3 elements, received 2", () => Train(savedMean: 2));
        AssertRefused("BatchNorm.ForwardTraining: savedInverseStd expects 3 elements, received 0", () => Train(savedInverseStd: 0));
        AssertRefused(
            "BatchNorm.BackwardTraining: gradOutput expects 24 elements, received 3",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _channels, [], _channels, _channels, _output, _running, _saved));
        AssertRefused(
            "BatchNorm.BackwardTraining: savedMean expects 3 elements, received 0",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _data, [], [], _channels, _output, _running, _saved));
        AssertRefused(
            "BatchNorm.BackwardTraining: savedInverseStd expects 3 elements, received 24",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _data, [], _channels, _data, _output, _running, _saved));
        AssertRefused(
            "BatchNorm.BackwardTraining: gradInput expects 24 elements or none, received 3",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _data, [], _channels, _channels, _saved, _running, []));
        AssertRefused(
            "BatchNorm.BackwardTraining: gradWeight expects 3 elements or none, received 24",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _data, [], _channels, _channels, [], _output, []));
        AssertRefused(
            "BatchNorm.BackwardTraining: gradBias expects 3 elements or none, received 24",
            () => BatchNormPrimitives.BackwardTraining(Shape, _data, _data, [], _channels, _channels, [], [], _output));
    }

    [Fact]
    public void Wrong_lengths_are_refused_in_inference()
    {
        AssertRefused(
            "BatchNorm.ForwardInference: runningMean expects 3 elements, received 0",
            () => BatchNormPrimitives.ForwardInference(Shape, _data, [], [], [], _channels, 1e-5f, _output));
        AssertRefused(
            "BatchNorm.ForwardInference: runningVariance expects 3 elements, received 0",
            () => BatchNormPrimitives.ForwardInference(Shape, _data, [], [], _channels, [], 1e-5f, _output));
        AssertRefused(
            "BatchNorm.ForwardInference: output expects 24 elements, received 3",
            () => BatchNormPrimitives.ForwardInference(Shape, _data, [], [], _channels, _channels, 1e-5f, _running));
        AssertRefused(
            "BatchNorm.BackwardInference: runningVariance expects 3 elements, received 0",
            () => BatchNormPrimitives.BackwardInference(Shape, _data, _data, [], _channels, [], 1e-5f, _output, _running, _saved));
        AssertRefused(
            "BatchNorm.BackwardInference: input expects 24 elements, received 3",
            () => BatchNormPrimitives.BackwardInference(Shape, _channels, _data, [], _channels, _channels, 1e-5f, _output, _running, _saved));
    }

    [Fact]
    public void Overlapping_memory_is_refused()
    {
        float[] memory = TestTensors.NaNs(25);
        Refused(() => BatchNormPrimitives.ForwardInference(Shape, memory.AsSpan(0, 24), [], [], _channels, _channels, 1e-5f, memory.AsSpan(1, 24)));
        Refused(() => BatchNormPrimitives.ForwardTraining(Shape, memory.AsSpan(0, 24), [], [], [], [], 0.1f, 1e-5f, _output, memory.AsSpan(3, 3), _saved));
        Refused(() => BatchNormPrimitives.ForwardTraining(Shape, memory.AsSpan(0, 24), [], [], [], [], 0.1f, 1e-5f, _output, _saved, memory.AsSpan(3, 3)));
        Refused(() => BatchNormPrimitives.BackwardTraining(Shape, memory.AsSpan(0, 24), _data, [], _channels, _channels, memory.AsSpan(1, 24), [], []));
        Refused(() => BatchNormPrimitives.BackwardTraining(Shape, _data, memory.AsSpan(1, 24), [], _channels, _channels, memory.AsSpan(0, 24), [], []));
        TestTensors.AssertUntouched(memory);
        AssertNothingWritten();
    }

    private void Train(
        int input = 24,
        int weight = 3,
        int bias = 3,
        int runningMean = 3,
        int runningVariance = 3,
        float momentum = 0.1f,
        float epsilon = 1e-5f,
        int output = 24,
        int savedMean = 3,
        int savedInverseStd = 3) =>
        BatchNormPrimitives.ForwardTraining(
            Shape,
            _data.AsSpan(0, input),
            _channels.AsSpan(0, weight),
            _channels.AsSpan(0, bias),
            _running.AsSpan(0, runningMean),
            _running.AsSpan(0, runningVariance),
            momentum,
            epsilon,
            _output.AsSpan(0, output),
            _saved.AsSpan(0, savedMean),
            _saved.AsSpan(0, savedInverseStd));

    private void AssertRefused(string message, Action call) => Assert.Contains(message, Refused(call), StringComparison.Ordinal);

    private string Refused(Action call)
    {
        string message = Assert.ThrowsAny<ArgumentException>(call).Message;
        AssertNothingWritten();
        return message;
    }

    private void AssertNothingWritten()
    {
        TestTensors.AssertUntouched(_output);
        TestTensors.AssertUntouched(_running);
        TestTensors.AssertUntouched(_saved);
    }
}

[Collection(ThreadCases.Collection)]
public sealed class BatchNormThreadTests
{
    [Theory]
    [InlineData(3, 25, 500)]
    [InlineData(200, 333, 1)]
    [InlineData(1, 700, 49)]
    [InlineData(40, 3, 900)]
    [InlineData(60, 2, 8300)]
    [InlineData(3000, 20, 4)]
    public void Results_have_the_same_bits_on_any_number_of_threads(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] gradOutput = TestTensors.Random(2, input.Length);
        float[] weight = TestTensors.Random(3, channels);
        float[] runningVariance = TestTensors.Random(4, channels, 0.5f, 2);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, weight, weight, weight, runningVariance);
            float[] gradInput = TestTensors.NaNs(input.Length);
            float[] inferred = TestTensors.NaNs(input.Length);
            float[] gradWeight = new float[channels];
            float[] gradBias = new float[channels];
            BatchNormPrimitives.BackwardTraining(shape, input, gradOutput, weight, result.SavedMean, result.SavedInverseStd, gradInput, gradWeight, gradBias);
            BatchNormPrimitives.BackwardInference(shape, input, gradOutput, weight, weight, runningVariance, 1e-5f, inferred, gradWeight, gradBias);
            return
            [
                .. result.Output, .. result.SavedMean, .. result.SavedInverseStd, .. result.RunningMean, .. result.RunningVariance,
                .. gradInput, .. inferred, .. gradWeight, .. gradBias,
            ];
        });
    }
}

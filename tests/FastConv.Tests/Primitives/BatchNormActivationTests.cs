using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>A ReLU in the same pass has the bits of a ReLU after it, and its gradient those of the ReLU's before it.</summary>
public sealed class BatchNormActivationTests
{
    private const float Epsilon = 1e-5f;

    public static TheoryData<int, int, int> Sizes => BatchNormCases.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Training_with_ReLU_has_the_bits_of_both_one_after_the_other(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] weight = TestTensors.Random(2, channels);
        float[] gradOutput = TestTensors.Random(3, input.Length);
        BatchNormResult plain = BatchNormCases.ForwardTraining(shape, input, weight, weight, weight, weight);
        float[] expected = new float[input.Length];
        ReLUPrimitives.Forward(plain.Output, expected);

        float[] output = TestTensors.NaNs(input.Length);
        float[] mean = TestTensors.NaNs(channels);
        float[] inverseStd = TestTensors.NaNs(channels);
        BatchNormPrimitives.ForwardTraining(shape, input, weight, weight, [], [], 0.1f, Epsilon, output, mean, inverseStd, Activation.ReLU);
        TestTensors.AssertSameBits(expected, output, "output");
        TestTensors.AssertSameBits(plain.SavedMean, mean, "mean");

        float[] passed = new float[input.Length];
        ReLUPrimitives.Backward(output, gradOutput, passed);
        float[][] results = [TestTensors.NaNs(input.Length), new float[channels], new float[channels], TestTensors.NaNs(input.Length), new float[channels], new float[channels]];
        BatchNormPrimitives.BackwardTraining(shape, input, passed, weight, mean, inverseStd, results[0], results[1], results[2]);
        BatchNormPrimitives.BackwardTraining(shape, input, output, gradOutput, weight, mean, inverseStd, Activation.ReLU, results[3], results[4], results[5]);
        AssertPairs(results);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Inference_with_ReLU_has_the_bits_of_both_one_after_the_other(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] weight = TestTensors.Random(2, channels);
        float[] variance = TestTensors.Random(3, channels, 0.5f, 2);
        float[] gradOutput = TestTensors.Random(4, input.Length);
        float[] expected = new float[input.Length];
        BatchNormPrimitives.ForwardInference(shape, input, weight, weight, weight, variance, Epsilon, expected);
        ReLUPrimitives.Forward(expected, expected);
        float[] output = TestTensors.NaNs(input.Length);
        BatchNormPrimitives.ForwardInference(shape, input, weight, weight, weight, variance, Epsilon, output, Activation.ReLU);
        TestTensors.AssertSameBits(expected, output, "output");

        float[] passed = new float[input.Length];
        ReLUPrimitives.Backward(output, gradOutput, passed);
        float[][] results = [TestTensors.NaNs(input.Length), new float[channels], new float[channels], TestTensors.NaNs(input.Length), new float[channels], new float[channels]];
        BatchNormPrimitives.BackwardInference(shape, input, passed, weight, weight, variance, Epsilon, results[0], results[1], results[2]);
        BatchNormPrimitives.BackwardInference(
            shape, input, output, gradOutput, weight, weight, variance, Epsilon, Activation.ReLU, results[3], results[4], results[5]);
        AssertPairs(results);

        // Without parameter gradients nothing is summed, and the samples are cut in another way.
        float[] alone = TestTensors.NaNs(input.Length);
        BatchNormPrimitives.BackwardInference(shape, input, output, gradOutput, weight, weight, variance, Epsilon, Activation.ReLU, alone, [], []);
        TestTensors.AssertSameBits(results[0], alone, "gradInput alone");
    }

    [Fact]
    public void An_output_that_is_NaN_lets_the_gradient_through()
    {
        BatchNormShape shape = BatchNormShape.Create(2, 1, 2);
        float[] gradInput = new float[4];
        BatchNormPrimitives.BackwardInference(shape, new float[4], [float.NaN, 0, -1, 1], [1, 2, 3, 4], [], [0], [1], 0, Activation.ReLU, gradInput, [], []);
        Assert.Equal([1f, 0, 0, 4], gradInput);
    }

    [Theory]
    [InlineData(40, 3, 1)]
    [InlineData(40, 3, 50)]
    [InlineData(300, 3, 200)]
    public void A_few_values_far_from_the_others_cost_no_accuracy(int batch, int channels, int plane)
    {
        // The first value is among those that a pivot is made of: the pivot lies far from the mean, by more than the spread of many values.
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = [.. TestTensors.Random(1, shape.InputShape.Length).Select(value => 4096 + value)];
        for (int channel = 0; channel < channels; channel++)
        {
            input[channel * plane] = 0;
        }

        BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, [], [], [], []);
        (double[] mean, double[] variance) = BatchNormReference.Statistics(shape, TestTensors.ToDouble(input));
        TestTensors.AssertClose(mean, result.SavedMean, 1e-6, "mean");
        TestTensors.AssertClose([.. variance.Select(value => 1 / Math.Sqrt(value + Epsilon))], result.SavedInverseStd, 1e-6, "inverse std");
    }

    [Theory]
    [InlineData(1e-3f, 1000f)]
    [InlineData(1e-2f, 0f)]
    [InlineData(1e-18f, 0f)]
    public void A_tiny_spread_is_measured_around_any_mean(float spread, float center)
    {
        BatchNormShape shape = BatchNormShape.Create(16, 5, 100);
        float[] input = [.. TestTensors.Random(1, shape.InputShape.Length).Select(value => center + spread * value)];
        BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, [], [], [], [], epsilon: 1e-30f);
        (_, double[] variance) = BatchNormReference.Statistics(shape, TestTensors.ToDouble(input));
        TestTensors.AssertClose([.. variance.Select(value => 1 / Math.Sqrt(value + 1e-30))], result.SavedInverseStd, 1e-5, "inverse std");
    }

    [Fact]
    public void An_activation_that_does_not_exist_and_a_missing_output_are_refused()
    {
        BatchNormShape shape = BatchNormShape.Create(2, 1, 2);
        float[] output = TestTensors.NaNs(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchNormPrimitives.ForwardInference(shape, new float[4], [], [], [0], [1], 0, output, (Activation)7));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            BatchNormPrimitives.ForwardTraining(shape, new float[4], [], [], [], [], 0, 0, output, new float[1], new float[1], (Activation)7));
        string message = Assert.ThrowsAny<ArgumentException>(() =>
            BatchNormPrimitives.BackwardInference(shape, new float[4], [], new float[4], [], [0], [1], 0, Activation.ReLU, output, [], [])).Message;
        Assert.Contains("BatchNorm.BackwardInference: output expects 4 elements, received 0", message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
    }

    private static void AssertPairs(float[][] results)
    {
        TestTensors.AssertSameBits(results[0], results[3], "gradInput");
        TestTensors.AssertSameBits(results[1], results[4], "gradWeight");
        TestTensors.AssertSameBits(results[2], results[5], "gradBias");
    }
}

/// <summary>Not a bit depends on the width of the vectors, as long as they have FMA.</summary>
[Collection(ThreadCases.Collection)]
public sealed class BatchNormVectorTests
{
    public static TheoryData<int, int, int> Sizes => BatchNormCases.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Results_have_the_same_bits_over_all_vectors(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] gradOutput = TestTensors.Random(2, input.Length);
        float[] weight = TestTensors.Random(3, channels);
        VectorCases.AssertSameBitsOverAllVectors(() =>
        {
            float[] output = TestTensors.NaNs(input.Length);
            float[] gradInput = TestTensors.NaNs(input.Length);
            float[][] sums = [new float[channels], new float[channels], new float[channels], new float[channels]];
            BatchNormPrimitives.ForwardTraining(shape, input, weight, weight, [], [], 0.1f, 1e-5f, output, sums[0], sums[1], Activation.ReLU);
            BatchNormPrimitives.BackwardTraining(shape, input, output, gradOutput, weight, sums[0], sums[1], Activation.ReLU, gradInput, sums[2], sums[3]);
            return [.. output, .. gradInput, .. sums.SelectMany(values => values)];
        });
    }
}

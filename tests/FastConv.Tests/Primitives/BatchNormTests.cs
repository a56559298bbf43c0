using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class BatchNormTests
{
    private const float Epsilon = 1e-5f;

    public static TheoryData<int, int, int> Sizes => BatchNormCases.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Training_forward_agrees_with_the_plain_version(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] weight = TestTensors.Random(2, channels);
        float[] bias = TestTensors.Random(3, channels);
        float[] runningMean = TestTensors.Random(4, channels);
        float[] runningVariance = TestTensors.Random(5, channels, 0.5f, 2);
        BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, weight, bias, runningMean, runningVariance, momentum: 0.3f);

        (double[] mean, double[] variance) = BatchNormReference.Statistics(shape, ToDouble(input));
        TestTensors.AssertClose(BatchNormReference.ForwardTraining(shape, ToDouble(input), ToDouble(weight), ToDouble(bias), Epsilon), result.Output, 1e-5, "output");
        TestTensors.AssertClose(mean, result.SavedMean, 1e-6, "mean");
        TestTensors.AssertClose([.. variance.Select(value => 1 / Math.Sqrt(value + Epsilon))], result.SavedInverseStd, 1e-5, "inverse std");
        double unbiased = (double)shape.ValuesPerChannel / (shape.ValuesPerChannel - 1);
        TestTensors.AssertClose([.. runningMean.Zip(mean, (old, value) => 0.7 * old + 0.3 * value)], result.RunningMean, 1e-6, "running mean");
        TestTensors.AssertClose(
            [.. runningVariance.Zip(variance, (old, value) => 0.7 * old + 0.3 * unbiased * value)], result.RunningVariance, 1e-6, "running variance");

        BatchNormResult plain = BatchNormCases.ForwardTraining(shape, input, [], [], [], []);
        TestTensors.AssertClose(BatchNormReference.ForwardTraining(shape, ToDouble(input), [], [], Epsilon), plain.Output, 1e-5, "not affine");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Training_backward_agrees_with_the_plain_version_and_adds_to_parameter_gradients(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] gradOutput = TestTensors.Random(2, input.Length);
        float[] weight = TestTensors.Random(3, channels);
        BatchNormResult forward = BatchNormCases.ForwardTraining(shape, input, weight, [], [], []);
        float[] gradInput = TestTensors.NaNs(input.Length);
        float[] gradWeight = TestTensors.Random(4, channels);
        float[] gradBias = TestTensors.Random(5, channels);
        double[] weightBefore = ToDouble(gradWeight);
        double[] biasBefore = ToDouble(gradBias);
        BatchNormPrimitives.BackwardTraining(
            shape, input, gradOutput, weight, forward.SavedMean, forward.SavedInverseStd, gradInput, gradWeight, gradBias);

        // With two values a channel the true gradient is almost nothing, left over from terms of the size of scale * gradOutput.
        double tolerance = shape.ValuesPerChannel == 2 ? 1e-2 : 2e-5;
        TestTensors.AssertClose(
            BatchNormReference.BackwardTraining(shape, ToDouble(input), ToDouble(gradOutput), ToDouble(weight), Epsilon), gradInput, tolerance, "gradInput");
        (double[] mean, double[] variance) = BatchNormReference.Statistics(shape, ToDouble(input));
        (double[] toWeight, double[] toBias) = BatchNormReference.BackwardAffine(shape, ToDouble(input), ToDouble(gradOutput), mean, variance, Epsilon);
        TestTensors.AssertClose([.. toWeight.Zip(weightBefore, (added, before) => added + before)], gradWeight, 1e-5, "gradWeight");
        TestTensors.AssertClose([.. toBias.Zip(biasBefore, (added, before) => added + before)], gradBias, 1e-5, "gradBias");

        float[] alone = TestTensors.NaNs(input.Length);
        BatchNormPrimitives.BackwardTraining(shape, input, gradOutput, weight, forward.SavedMean, forward.SavedInverseStd, alone, [], []);
        TestTensors.AssertSameBits(gradInput, alone, "without parameter gradients");
        float[] weightAlone = [.. weightBefore.Select(value => (float)value)];
        BatchNormPrimitives.BackwardTraining(shape, input, gradOutput, weight, forward.SavedMean, forward.SavedInverseStd, [], weightAlone, []);
        TestTensors.AssertSameBits(gradWeight, weightAlone, "gradWeight alone");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Inference_agrees_with_the_plain_version(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] gradOutput = TestTensors.Random(2, input.Length);
        float[] weight = TestTensors.Random(3, channels);
        float[] bias = TestTensors.Random(4, channels);
        float[] mean = TestTensors.Random(5, channels);
        float[] variance = TestTensors.Random(6, channels, 0.5f, 2);
        float[] output = TestTensors.NaNs(input.Length);
        BatchNormPrimitives.ForwardInference(shape, input, weight, bias, mean, variance, Epsilon, output);
        TestTensors.AssertClose(
            BatchNormReference.Normalize(shape, ToDouble(input), ToDouble(weight), ToDouble(bias), ToDouble(mean), ToDouble(variance), Epsilon), output, 1e-6, "output");
        BatchNormPrimitives.ForwardInference(shape, input, [], [], mean, variance, Epsilon, output);
        TestTensors.AssertClose(
            BatchNormReference.Normalize(shape, ToDouble(input), [], [], ToDouble(mean), ToDouble(variance), Epsilon), output, 1e-6, "not affine");

        float[] gradInput = TestTensors.NaNs(input.Length);
        float[] gradWeight = new float[channels];
        float[] gradBias = new float[channels];
        BatchNormPrimitives.BackwardInference(shape, input, gradOutput, weight, mean, variance, Epsilon, gradInput, gradWeight, gradBias);
        TestTensors.AssertClose(
            BatchNormReference.BackwardInference(shape, ToDouble(gradOutput), ToDouble(weight), ToDouble(variance), Epsilon), gradInput, 1e-6, "gradInput");
        (double[] toWeight, double[] toBias) = BatchNormReference.BackwardAffine(
            shape, ToDouble(input), ToDouble(gradOutput), ToDouble(mean), ToDouble(variance), Epsilon);
        TestTensors.AssertClose(toWeight, gradWeight, 1e-5, "gradWeight");
        TestTensors.AssertClose(toBias, gradBias, 1e-5, "gradBias");
        BatchNormPrimitives.BackwardInference(shape, input, gradOutput, weight, mean, variance, Epsilon, [], gradWeight, gradBias);
        TestTensors.AssertClose([.. toWeight.Select(value => 2 * value)], gradWeight, 1e-5, "gradWeight, added again");
    }

    [Theory]
    [InlineData(3, 2, 4)]
    [InlineData(6, 3, 1)]
    public void The_plain_backward_agrees_with_finite_differences(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        double[] input = ToDouble(BatchNormCases.Input(shape, 1));
        double[] gradOutput = ToDouble(TestTensors.Random(2, input.Length));
        double[] weight = ToDouble(TestTensors.Random(3, channels));
        double[] bias = ToDouble(TestTensors.Random(4, channels));
        double[] gradInput = BatchNormReference.BackwardTraining(shape, input, gradOutput, weight, Epsilon);
        FiniteDifference.AssertMatches(values => BatchNormReference.ForwardTraining(shape, values, weight, bias, Epsilon), input, gradOutput, gradInput);

        (double[] mean, double[] variance) = BatchNormReference.Statistics(shape, input);
        (double[] gradWeight, double[] gradBias) = BatchNormReference.BackwardAffine(shape, input, gradOutput, mean, variance, Epsilon);
        FiniteDifference.AssertMatches(values => BatchNormReference.ForwardTraining(shape, input, values, bias, Epsilon), weight, gradOutput, gradWeight);
        FiniteDifference.AssertMatches(values => BatchNormReference.ForwardTraining(shape, input, weight, values, Epsilon), bias, gradOutput, gradBias);

        double[] atInference = BatchNormReference.BackwardInference(shape, gradOutput, weight, variance, Epsilon);
        FiniteDifference.AssertMatches(
            values => BatchNormReference.Normalize(shape, values, weight, bias, mean, variance, Epsilon), input, gradOutput, atInference);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void A_mean_far_above_the_spread_costs_no_accuracy(int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(40, 17, plane);
        float[] input = [.. TestTensors.Random(1, shape.InputShape.Length).Select(value => 4096 + value)];
        BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, [], [], [], []);
        TestTensors.AssertClose(BatchNormReference.ForwardTraining(shape, ToDouble(input), [], [], Epsilon), result.Output, 1e-3, "output");
        (_, double[] variance) = BatchNormReference.Statistics(shape, ToDouble(input));
        TestTensors.AssertClose([.. variance.Select(value => 1 / Math.Sqrt(value + Epsilon))], result.SavedInverseStd, 1e-6, "inverse std");
    }

    [Fact]
    public void A_constant_channel_becomes_its_bias_and_NaN_stays_in_its_channel()
    {
        BatchNormShape shape = BatchNormShape.Create(2, 3, 2);
        float[] input = [7, 7, 1, float.NaN, 1, 2, 7, 7, 1, 2, 3, 4];
        BatchNormResult result = BatchNormCases.ForwardTraining(shape, input, [2, 2, 2], [5, 5, 5], [0, 0, 0], [1, 1, 1]);
        Assert.Equal([5, 5], result.Output[..2]);
        Assert.Equal([5, 5], result.Output[6..8]);
        Assert.True(float.IsNaN(result.Output[2]) && float.IsNaN(result.RunningMean[1]) && float.IsNaN(result.RunningVariance[1]));
        Assert.All(result.Output[4..6].Concat(result.Output[10..]), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(0.9f, result.RunningVariance[0], 1e-6f);
    }

    [Theory]
    [InlineData(6, 5, 1)]
    [InlineData(3, 5, 19)]
    public void Results_may_overwrite_the_data_they_are_made_from(int batch, int channels, int plane)
    {
        BatchNormShape shape = BatchNormShape.Create(batch, channels, plane);
        float[] input = BatchNormCases.Input(shape, 1);
        float[] gradOutput = TestTensors.Random(2, input.Length);
        BatchNormResult forward = BatchNormCases.ForwardTraining(shape, input, [], [], [], []);
        float[] inPlace = [.. input];
        BatchNormPrimitives.ForwardTraining(shape, inPlace, [], [], [], [], 0.1f, Epsilon, inPlace, new float[channels], new float[channels]);
        TestTensors.AssertSameBits(forward.Output, inPlace, "forward");

        float[] gradInput = new float[input.Length];
        BatchNormPrimitives.BackwardTraining(shape, input, gradOutput, [], forward.SavedMean, forward.SavedInverseStd, gradInput, [], []);
        float[] overGradient = [.. gradOutput];
        BatchNormPrimitives.BackwardTraining(shape, input, overGradient, [], forward.SavedMean, forward.SavedInverseStd, overGradient, [], []);
        TestTensors.AssertSameBits(gradInput, overGradient, "over gradOutput");
        float[] overInput = [.. input];
        BatchNormPrimitives.BackwardTraining(shape, overInput, gradOutput, [], forward.SavedMean, forward.SavedInverseStd, overInput, [], []);
        TestTensors.AssertSameBits(gradInput, overInput, "over input");
    }

    private static double[] ToDouble(float[] values) => TestTensors.ToDouble(values);
}

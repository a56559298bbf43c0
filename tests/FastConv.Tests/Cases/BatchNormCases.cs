using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Tests.Cases;

/// <summary>Sizes for batch normalisation: [batch, channels, plane] around vector boundaries, with planes of a single value.</summary>
internal static class BatchNormCases
{
    public static TheoryData<int, int, int> Sizes { get; } = new()
    {
        { 2, 1, 1 },
        { 1, 1, 2 },
        { 5, 3, 1 },
        { 16, 7, 1 },
        { 3, 16, 1 },
        { 4, 33, 1 },
        { 300, 18, 1 },
        { 1, 2, 15 },
        { 2, 3, 16 },
        { 3, 2, 17 },
        { 4, 5, 49 },
        { 1, 1, 5000 },
        { 70, 2, 63 },
        { 3, 5, 32 },
        { 2, 70, 33 },
        { 7, 9, 31 },
        { 5, 300, 4 },
        { 2, 3, 8192 },
        { 1, 2, 16400 },
        { 600, 3, 49 },
        { 40, 3, 900 },
    };

    /// <summary>Values with another mean and spread in every channel.</summary>
    public static float[] Input(BatchNormShape shape, long seed)
    {
        float[] values = TestTensors.Random(seed, shape.InputShape.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / shape.Plane % shape.Channels;
            values[i] = values[i] * (1 + channel % 5) + channel % 7 - 3;
        }

        return values;
    }

    /// <summary>The training pass with outputs of its own.</summary>
    public static BatchNormResult ForwardTraining(
        BatchNormShape shape, float[] input, float[] weight, float[] bias, float[] runningMean, float[] runningVariance, float momentum = 0.1f, float epsilon = 1e-5f)
    {
        var result = new BatchNormResult(
            TestTensors.NaNs(input.Length),
            TestTensors.NaNs(shape.Channels),
            TestTensors.NaNs(shape.Channels),
            [.. runningMean],
            [.. runningVariance]);
        BatchNormPrimitives.ForwardTraining(
            shape, input, weight, bias, result.RunningMean, result.RunningVariance, momentum, epsilon, result.Output, result.SavedMean, result.SavedInverseStd);
        return result;
    }
}

internal sealed record BatchNormResult(float[] Output, float[] SavedMean, float[] SavedInverseStd, float[] RunningMean, float[] RunningVariance);

using FastConv.Shapes;

namespace FastConv.Tests.Reference;

/// <summary>Batch normalisation, one value at a time. Weight and bias may be empty.</summary>
internal static class BatchNormReference
{
    public static (double[] Mean, double[] BiasedVariance) Statistics(BatchNormShape shape, double[] input)
    {
        var mean = new double[shape.Channels];
        var variance = new double[shape.Channels];
        ForEach(shape, (i, c) => mean[c] += input[i] / shape.ValuesPerChannel);
        ForEach(shape, (i, c) => variance[c] += (input[i] - mean[c]) * (input[i] - mean[c]) / shape.ValuesPerChannel);
        return (mean, variance);
    }

    public static double[] Normalize(
        BatchNormShape shape, double[] input, double[] weight, double[] bias, double[] mean, double[] variance, double epsilon)
    {
        var output = new double[input.Length];
        ForEach(shape, (i, c) => output[i] = (input[i] - mean[c]) / Math.Sqrt(variance[c] + epsilon) * Or(weight, c, 1) + Or(bias, c, 0));
        return output;
    }

    public static double[] ForwardTraining(BatchNormShape shape, double[] input, double[] weight, double[] bias, double epsilon)
    {
        (double[] mean, double[] variance) = Statistics(shape, input);
        return Normalize(shape, input, weight, bias, mean, variance, epsilon);
    }

    /// <summary>The chain rule, step by step: through the centred value, the variance, and the mean.</summary>
    public static double[] BackwardTraining(BatchNormShape shape, double[] input, double[] gradOutput, double[] weight, double epsilon)
    {
        double count = shape.ValuesPerChannel;
        (double[] mean, double[] variance) = Statistics(shape, input);
        var gradVariance = new double[shape.Channels];
        var gradMean = new double[shape.Channels];
        double InverseStd(int c) => 1 / Math.Sqrt(variance[c] + epsilon);
        double GradNormalized(int i, int c) => gradOutput[i] * Or(weight, c, 1);

        ForEach(shape, (i, c) => gradVariance[c] += GradNormalized(i, c) * (input[i] - mean[c]) * -0.5 * Math.Pow(InverseStd(c), 3));
        ForEach(shape, (i, c) => gradMean[c] += -GradNormalized(i, c) * InverseStd(c) - gradVariance[c] * 2 * (input[i] - mean[c]) / count);
        var gradInput = new double[input.Length];
        ForEach(shape, (i, c) => gradInput[i] =
            GradNormalized(i, c) * InverseStd(c) + gradVariance[c] * 2 * (input[i] - mean[c]) / count + gradMean[c] / count);
        return gradInput;
    }

    public static double[] BackwardInference(BatchNormShape shape, double[] gradOutput, double[] weight, double[] variance, double epsilon)
    {
        var gradInput = new double[gradOutput.Length];
        ForEach(shape, (i, c) => gradInput[i] = gradOutput[i] * Or(weight, c, 1) / Math.Sqrt(variance[c] + epsilon));
        return gradInput;
    }

    public static (double[] GradWeight, double[] GradBias) BackwardAffine(
        BatchNormShape shape, double[] input, double[] gradOutput, double[] mean, double[] variance, double epsilon)
    {
        var gradWeight = new double[shape.Channels];
        var gradBias = new double[shape.Channels];
        ForEach(shape, (i, c) => gradWeight[c] += gradOutput[i] * (input[i] - mean[c]) / Math.Sqrt(variance[c] + epsilon));
        ForEach(shape, (i, c) => gradBias[c] += gradOutput[i]);
        return (gradWeight, gradBias);
    }

    private static void ForEach(BatchNormShape shape, Action<int, int> visit)
    {
        for (int i = 0; i < shape.InputShape.Length; i++)
        {
            visit(i, i / shape.Plane % shape.Channels);
        }
    }

    private static double Or(double[] values, int c, double neutral) => values.Length == 0 ? neutral : values[c];
}

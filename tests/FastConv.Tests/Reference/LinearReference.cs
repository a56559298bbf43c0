namespace FastConv.Tests.Reference;

/// <summary>The linear layer by its definition, in double precision: y[n, o] = sum over i of x[n, i] * w[o, i] + b[o].</summary>
internal static class LinearReference
{
    public static double[] Forward(int batch, int inFeatures, int outFeatures, double[] input, double[] weight, double[]? bias)
    {
        var output = new double[batch * outFeatures];
        for (int n = 0; n < batch; n++)
        {
            for (int o = 0; o < outFeatures; o++)
            {
                double sum = bias?[o] ?? 0;
                for (int i = 0; i < inFeatures; i++)
                {
                    sum += input[n * inFeatures + i] * weight[o * inFeatures + i];
                }

                output[n * outFeatures + o] = sum;
            }
        }

        return output;
    }

    public static double[] BackwardInput(int batch, int inFeatures, int outFeatures, double[] gradOutput, double[] weight)
    {
        var gradInput = new double[batch * inFeatures];
        for (int n = 0; n < batch; n++)
        {
            for (int i = 0; i < inFeatures; i++)
            {
                for (int o = 0; o < outFeatures; o++)
                {
                    gradInput[n * inFeatures + i] += gradOutput[n * outFeatures + o] * weight[o * inFeatures + i];
                }
            }
        }

        return gradInput;
    }

    public static double[] BackwardWeight(int batch, int inFeatures, int outFeatures, double[] input, double[] gradOutput)
    {
        var gradWeight = new double[outFeatures * inFeatures];
        for (int o = 0; o < outFeatures; o++)
        {
            for (int i = 0; i < inFeatures; i++)
            {
                for (int n = 0; n < batch; n++)
                {
                    gradWeight[o * inFeatures + i] += gradOutput[n * outFeatures + o] * input[n * inFeatures + i];
                }
            }
        }

        return gradWeight;
    }

    public static double[] BackwardBias(int batch, int outFeatures, double[] gradOutput)
    {
        var gradBias = new double[outFeatures];
        for (int n = 0; n < batch; n++)
        {
            for (int o = 0; o < outFeatures; o++)
            {
                gradBias[o] += gradOutput[n * outFeatures + o];
            }
        }

        return gradBias;
    }
}

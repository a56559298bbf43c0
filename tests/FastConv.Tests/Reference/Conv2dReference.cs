using FastConv.Shapes;

namespace FastConv.Tests.Reference;

/// <summary>
/// Convolution by its definition, in double precision:
/// y[n, oc, oh, ow] = b[oc] + sum over ic, kh, kw of x[n, c, oh * stride - padding + kh * dilation, ...] * w[oc, ic, kh, kw], where c is the
/// channel ic of oc's group and pixels outside of the image are zero. The gradients are the same products, added up where their factors
/// come from.
/// </summary>
internal static class Conv2dReference
{
    private delegate void Product(int output, int input, int weight);

    public static double[] Forward(Conv2dShape shape, double[] input, double[] weight, double[]? bias)
    {
        var output = new double[shape.OutputShape.Length];
        for (int i = 0; i < output.Length && bias is not null; i++)
        {
            output[i] = bias[i / shape.OutputPlane % shape.OutChannels];
        }

        ForEachProduct(shape, (y, x, w) => output[y] += input[x] * weight[w]);
        return output;
    }

    public static double[] BackwardInput(Conv2dShape shape, double[] gradOutput, double[] weight)
    {
        var gradInput = new double[shape.InputShape.Length];
        ForEachProduct(shape, (y, x, w) => gradInput[x] += gradOutput[y] * weight[w]);
        return gradInput;
    }

    public static double[] BackwardWeight(Conv2dShape shape, double[] input, double[] gradOutput)
    {
        var gradWeight = new double[shape.WeightShape.Length];
        ForEachProduct(shape, (y, x, w) => gradWeight[w] += gradOutput[y] * input[x]);
        return gradWeight;
    }

    public static double[] BackwardBias(Conv2dShape shape, double[] gradOutput)
    {
        var gradBias = new double[shape.OutChannels];
        for (int i = 0; i < gradOutput.Length; i++)
        {
            gradBias[i / shape.OutputPlane % shape.OutChannels] += gradOutput[i];
        }

        return gradBias;
    }

    // The offsets of the three factors of every product that is not with padding.
    private static void ForEachProduct(Conv2dShape shape, Product product)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (shape.Vertical, shape.Horizontal);
        int inGroup = shape.InChannels / shape.Groups;
        int outGroup = shape.OutChannels / shape.Groups;
        for (int n = 0; n < shape.Batch; n++)
        {
            for (int oc = 0; oc < shape.OutChannels; oc++)
            {
                for (int oh = 0; oh < vertical.Output; oh++)
                {
                    for (int ow = 0; ow < horizontal.Output; ow++)
                    {
                        int output = ((n * shape.OutChannels + oc) * vertical.Output + oh) * horizontal.Output + ow;
                        for (int ic = 0; ic < inGroup; ic++)
                        {
                            int plane = n * shape.InChannels + oc / outGroup * inGroup + ic;
                            for (int kh = 0; kh < vertical.Window; kh++)
                            {
                                int ih = oh * vertical.Stride - vertical.PaddingBefore + kh * vertical.Dilation;
                                for (int kw = 0; kw < horizontal.Window && ih >= 0 && ih < vertical.Input; kw++)
                                {
                                    int iw = ow * horizontal.Stride - horizontal.PaddingBefore + kw * horizontal.Dilation;
                                    if (iw >= 0 && iw < horizontal.Input)
                                    {
                                        int weight = ((oc * inGroup + ic) * vertical.Window + kh) * horizontal.Window + kw;
                                        product(output, (plane * vertical.Input + ih) * horizontal.Input + iw, weight);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

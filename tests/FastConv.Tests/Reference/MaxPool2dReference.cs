using FastConv.Shapes;

namespace FastConv.Tests.Reference;

/// <summary>Max pooling, one window at a time. PyTorch's comparison: a tap wins when it is larger, or NaN.</summary>
internal static class MaxPool2dReference
{
    public static (double[] Output, int[] Argmax) Forward(Pool2dShape shape, double[] input)
    {
        var output = new double[shape.OutputShape.Length];
        var argmax = new int[output.Length];
        int index = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    (output[index], argmax[index]) = Window(shape, input, plane, oh, ow);
                    index++;
                }
            }
        }

        return (output, argmax);
    }

    public static double[] Backward(Pool2dShape shape, double[] gradOutput, int[] argmax)
    {
        var gradInput = new double[shape.InputShape.Length];
        int index = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    int ih = oh * shape.Vertical.Stride - shape.Vertical.PaddingBefore + argmax[index] / shape.Horizontal.Window * shape.Vertical.Dilation;
                    int iw = ow * shape.Horizontal.Stride - shape.Horizontal.PaddingBefore + argmax[index] % shape.Horizontal.Window * shape.Horizontal.Dilation;
                    gradInput[(plane * shape.Vertical.Input + ih) * shape.Horizontal.Input + iw] += gradOutput[index];
                    index++;
                }
            }
        }

        return gradInput;
    }

    private static (double Max, int Tap) Window(Pool2dShape shape, double[] input, int plane, int oh, int ow)
    {
        double max = double.NegativeInfinity;
        int best = -1;
        for (int kh = 0; kh < shape.Vertical.Window; kh++)
        {
            for (int kw = 0; kw < shape.Horizontal.Window; kw++)
            {
                int ih = oh * shape.Vertical.Stride - shape.Vertical.PaddingBefore + kh * shape.Vertical.Dilation;
                int iw = ow * shape.Horizontal.Stride - shape.Horizontal.PaddingBefore + kw * shape.Horizontal.Dilation;
                if (ih < 0 || ih >= shape.Vertical.Input || iw < 0 || iw >= shape.Horizontal.Input)
                {
                    continue;
                }

                double value = input[(plane * shape.Vertical.Input + ih) * shape.Horizontal.Input + iw];
                if (best < 0 || value > max || double.IsNaN(value))
                {
                    max = value;
                    best = kh * shape.Horizontal.Window + kw;
                }
            }
        }

        return (max, best);
    }
}

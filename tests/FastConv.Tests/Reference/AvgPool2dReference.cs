using FastConv.Shapes;

namespace FastConv.Tests.Reference;

/// <summary>Average pooling, one window at a time.</summary>
internal static class AvgPool2dReference
{
    public static double[] Forward(Pool2dShape shape, double[] input, bool countIncludePad)
    {
        var output = new double[shape.OutputShape.Length];
        ForEachTap(shape, countIncludePad, (pooled, pixel, count) => output[pooled] += input[pixel] / count);
        return output;
    }

    public static double[] Backward(Pool2dShape shape, double[] gradOutput, bool countIncludePad)
    {
        var gradInput = new double[shape.InputShape.Length];
        ForEachTap(shape, countIncludePad, (pooled, pixel, count) => gradInput[pixel] += gradOutput[pooled] / count);
        return gradInput;
    }

    private static void ForEachTap(Pool2dShape shape, bool countIncludePad, Action<int, int, int> visit)
    {
        int pooled = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            for (int oh = 0; oh < shape.Vertical.Output; oh++)
            {
                for (int ow = 0; ow < shape.Horizontal.Output; ow++)
                {
                    var pixels = new List<int>();
                    for (int tap = 0; tap < shape.WindowLength; tap++)
                    {
                        int ih = oh * shape.Vertical.Stride - shape.Vertical.PaddingBefore + tap / shape.Horizontal.Window;
                        int iw = ow * shape.Horizontal.Stride - shape.Horizontal.PaddingBefore + tap % shape.Horizontal.Window;
                        if (ih >= 0 && ih < shape.Vertical.Input && iw >= 0 && iw < shape.Horizontal.Input)
                        {
                            pixels.Add((plane * shape.Vertical.Input + ih) * shape.Horizontal.Input + iw);
                        }
                    }

                    int count = countIncludePad ? shape.WindowLength : pixels.Count;
                    pixels.ForEach(pixel => visit(pooled, pixel, count));
                    pooled++;
                }
            }
        }
    }
}

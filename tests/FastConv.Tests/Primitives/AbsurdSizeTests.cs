using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>Strides, paddings and windows near the largest number: right where the result is small, refused where the work has no room.</summary>
public sealed class AbsurdSizeTests
{
    [Theory]
    [InlineData(1 << 16)]
    [InlineData(1 << 30)]
    [InlineData(int.MaxValue)]
    public void A_stride_beyond_any_image_leaves_one_window(int stride)
    {
        foreach (ConvolutionAlgorithm algorithm in (ConvolutionAlgorithm[])[ConvolutionAlgorithm.Auto, ConvolutionAlgorithm.Im2ColGemm, ConvolutionAlgorithm.ImplicitGemm, ConvolutionAlgorithm.Direct])
        {
            float[] expected = ConvPasses.All(new ConvCase("", Conv2dShape.Create(2, 3, 6, 7, 4, 3, stride: 9, padding: 1)), new() { Algorithm = algorithm });
            float[] actual = ConvPasses.All(new ConvCase("", Conv2dShape.Create(2, 3, 6, 7, 4, 3, stride: stride, padding: 1)), new() { Algorithm = algorithm });
            TestTensors.AssertSameBits(expected, actual, $"{algorithm}, stride {stride}");
        }

        var shape = Pool2dShape.Create(2, 3, 6, 7, 3, stride, 1);
        float[] input = TestTensors.Random(1, shape.InputShape.Length);
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        AvgPool2dPrimitives.Forward(shape, input, output);
        TestTensors.AssertClose(AvgPool2dReference.Forward(shape, TestTensors.ToDouble(input), countIncludePad: true), output);
        MaxPool2dPrimitives.Forward(shape, input, output);
        TestTensors.AssertClose(MaxPool2dReference.Forward(shape, TestTensors.ToDouble(input)).Output, output);
    }

    [Fact]
    public void A_row_that_no_array_holds_is_refused_before_anything_is_written()
    {
        var shape = Pool2dShape.Create(1, 1, 5, 5, (1, 3), 1, Padding.Sides(0, 0, 1_000_000_000, 1_000_000_000), (1, 1_000_000_000));
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        Assert.Contains("AvgPool2d", Assert.Throws<ArgumentException>(() => AvgPool2dPrimitives.Forward(shape, new float[shape.InputShape.Length], output)).Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(output);
    }
}

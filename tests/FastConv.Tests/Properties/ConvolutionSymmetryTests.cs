using FastConv.Shapes;
using FastConv.Tests.Cases;
using static FastConv.Tests.Properties.ConvolutionCalls;

namespace FastConv.Tests.Properties;

/// <summary>
/// What a convolution is made of and what it commutes with: groups are convolutions of slices, a dilated kernel is a spread one, and images may be permuted, mirrored or
/// turned over before or after.
/// </summary>
public sealed class ConvolutionSymmetryTests
{
    [Fact]
    public void Groups_are_convolutions_of_slices() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("groups", numbers.ToShape());
        Conv2dShape slice = (numbers with { Groups = 1 }).ToShape();
        float[] output = Forward(test.Shape, test.Input, test.Weight);
        float[] magnitude = Forward(test.Shape, Absolute(test.Input), Absolute(test.Weight));
        int weightLength = slice.WeightShape.Length;
        for (int group = 0; group < numbers.Groups; group++)
        {
            float[] own = Forward(slice, Channels(test.Input, test.Shape.InputPlane, numbers.Groups, group, numbers.GroupInChannels), test.Weight.AsSpan(group * weightLength, weightLength));
            AssertSameSums(
                own,
                Channels(output, test.Shape.OutputPlane, numbers.Groups, group, numbers.GroupOutChannels),
                Channels(magnitude, test.Shape.OutputPlane, numbers.Groups, group, numbers.GroupOutChannels),
                test.ForwardTerms,
                $"{test}, group {group}");
        }
    });

    [Fact]
    public void Dilation_is_a_kernel_with_zeros_between_its_taps() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("dilated", numbers.ToShape());
        (WindowAxis vertical, WindowAxis horizontal) = (test.Shape.Vertical, test.Shape.Horizontal);
        Conv2dShape spread = (numbers with { Kernel = new Size2d(vertical.Extent, horizontal.Extent), Dilation = 1 }).ToShape();
        float[] weight = Spread(test.Weight, vertical, horizontal);
        float[] output = Forward(test.Shape, test.Input, test.Weight);
        float[] magnitude = Forward(test.Shape, Absolute(test.Input), Absolute(test.Weight));
        AssertSameSums(Forward(spread, test.Input, weight), output, magnitude, spread.PatchLength + 1, test.ToString());
    });

    [Fact]
    public void Permuting_the_batch_permutes_the_result_bit_for_bit() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("batch", numbers.ToShape());
        TestTensors.AssertSameBits(Reversed(Forward(test.Shape, test.Input, test.Weight), numbers.Batch), Forward(test.Shape, Reversed(test.Input, numbers.Batch), test.Weight));
        TestTensors.AssertSameBits(
            Reversed(BackwardInput(test.Shape, test.GradOutput, test.Weight), numbers.Batch), BackwardInput(test.Shape, Reversed(test.GradOutput, numbers.Batch), test.Weight));
    });

    [Fact]
    public void A_mirrored_image_under_a_mirrored_kernel_is_the_mirrored_result() => PropertyRun.ForAll(ConvolutionNumbers.Plain, numbers =>
    {
        var test = new ConvCase("mirror", numbers.ToShape());
        Conv2dShape shape = test.Shape;
        float[] mirrored = Forward(shape, Mirrored(test.Input, shape.Horizontal.Input), Mirrored(test.Weight, shape.Horizontal.Window));
        AssertSameSums(
            Forward(shape, test.Input, test.Weight),
            Mirrored(mirrored, shape.Horizontal.Output),
            Forward(shape, Absolute(test.Input), Absolute(test.Weight)),
            test.ForwardTerms,
            test.ToString());
    });

    [Fact]
    public void A_transposed_image_under_a_transposed_kernel_is_the_transposed_result() => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        var test = new ConvCase("transpose", numbers.ToShape());
        Conv2dShape turned = numbers.Transposed.ToShape();
        float[] output = Forward(
            turned,
            Transposed(test.Input, test.Shape.Vertical.Input, test.Shape.Horizontal.Input),
            Transposed(test.Weight, test.Shape.Vertical.Window, test.Shape.Horizontal.Window));
        AssertSameSums(
            Forward(test.Shape, test.Input, test.Weight),
            Transposed(output, turned.Vertical.Output, turned.Horizontal.Output),
            Forward(test.Shape, Absolute(test.Input), Absolute(test.Weight)),
            test.ForwardTerms,
            test.ToString());
    });

    // The channels of one group of every image.
    private static float[] Channels(float[] images, int plane, int groups, int group, int channels) =>
        [.. images.Chunk(channels * plane).Where((_, index) => index % groups == group).SelectMany(values => values)];

    private static float[] Reversed(float[] images, int count) => [.. images.Chunk(images.Length / count).Reverse().SelectMany(image => image)];

    private static float[] Mirrored(float[] rows, int width) => [.. rows.Chunk(width).SelectMany(row => row.Reverse())];

    private static float[] Transposed(float[] planes, int height, int width) =>
        [.. planes.Chunk(height * width).SelectMany(plane => Enumerable.Range(0, height * width).Select(index => plane[index % height * width + index / height]))];

    private static float[] Spread(float[] weight, WindowAxis vertical, WindowAxis horizontal)
    {
        int taps = vertical.Window * horizontal.Window;
        float[] spread = new float[weight.Length / taps * vertical.Extent * horizontal.Extent];
        for (int index = 0; index < weight.Length; index++)
        {
            (int plane, int tap) = Math.DivRem(index, taps);
            (int kh, int kw) = Math.DivRem(tap, horizontal.Window);
            spread[(plane * vertical.Extent + kh * vertical.Dilation) * horizontal.Extent + kw * horizontal.Dilation] = weight[index];
        }

        return spread;
    }
}

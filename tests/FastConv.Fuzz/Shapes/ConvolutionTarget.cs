using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>All passes of a convolution by any algorithm.</summary>
internal sealed class ConvolutionTarget() : ShapeTarget("convolution")
{
    protected override string Run(Random random)
    {
        int groups = random.Next(3) == 0 ? Size(random, 8) : 1;
        int most = random.Next(4) == 0 ? 40 : 6;
        Conv2dShape shape = Conv2dShape.Create(
            Size(random, 3), Channels(random, groups, most), Size(random, 20), Size(random, 40), Channels(random, groups, most), (Size(random, 4), Size(random, 4)),
            (Size(random, 3), Size(random, 3)),
            random.Next(6) == 0 ? Padding.Same : Padding.Sides(SizeOrNone(random, 3), SizeOrNone(random, 3), SizeOrNone(random, 3), SizeOrNone(random, 3)),
            (Size(random, 2), Size(random, 2)), groups);
        if (shape.MultiplyAdds > MostProducts || (long)shape.InputShape.Length + shape.WeightShape.Length > MostProducts)
        {
            return "a shape too large to compare";
        }

        var options = new ConvolutionOptions { Algorithm = (ConvolutionAlgorithm)random.Next(9), MaxThreads = random.Next(4) };
        return $"{options.Algorithm} {Forward(random, shape, options)} {BackwardInput(random, shape, options)} {BackwardWeight(random, shape, options)}";
    }

    private static int Channels(Random random, int groups, int most) => random.Next(30) == 0 ? Size(random, 9) : unchecked(groups * (1 + random.Next(most)));

    private static bool Forward(Random random, Conv2dShape shape, ConvolutionOptions options)
    {
        bool isRight = true;
        float[] input = Values(random, LengthFor(random, shape.InputShape.Length, ref isRight));
        float[] weight = Values(random, LengthFor(random, shape.WeightShape.Length, ref isRight));
        float[] bias = Values(random, LengthFor(random, shape.OutChannels, ref isRight));
        float[] output = Unwritten(LengthFor(random, shape.OutputShape.Length, ref isRight));
        bool hasNoBias = bias.Length == 0;
        if (!Ran(() => Conv2dPrimitives.Forward(shape, input, weight, bias, output, options), output, isRight || hasNoBias))
        {
            return false;
        }

        AssertClose($"forward of {shape}", Conv2dReference.Forward(shape, Doubles(input), Doubles(weight), hasNoBias ? null : Doubles(bias)), output);
        return true;
    }

    private static bool BackwardInput(Random random, Conv2dShape shape, ConvolutionOptions options)
    {
        bool isRight = true;
        float[] gradOutput = Values(random, LengthFor(random, shape.OutputShape.Length, ref isRight));
        float[] weight = Values(random, LengthFor(random, shape.WeightShape.Length, ref isRight));
        float[] gradInput = Unwritten(LengthFor(random, shape.InputShape.Length, ref isRight));
        if (!Ran(() => Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, gradInput, options), gradInput, isRight))
        {
            return false;
        }

        AssertClose($"backward to the input of {shape}", Conv2dReference.BackwardInput(shape, Doubles(gradOutput), Doubles(weight)), gradInput);
        return true;
    }

    // Adds to what is there, so it begins with zeros, and what it must leave alone is zero.
    private static bool BackwardWeight(Random random, Conv2dShape shape, ConvolutionOptions options)
    {
        float[] input = Values(random, shape.InputShape.Length);
        float[] gradOutput = Values(random, shape.OutputShape.Length);
        float[] gradWeight = new float[shape.WeightShape.Length];
        float[] gradBias = new float[shape.OutChannels];
        try
        {
            Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, gradBias, options);
        }
        catch (ArgumentException) when (Array.TrueForAll(gradWeight, value => value == 0))
        {
            return false;
        }

        AssertClose($"backward to the weights of {shape}", Conv2dReference.BackwardWeight(shape, Doubles(input), Doubles(gradOutput)), gradWeight);
        AssertClose($"backward to the bias of {shape}", Conv2dReference.BackwardBias(shape, Doubles(gradOutput)), gradBias);
        return true;
    }
}

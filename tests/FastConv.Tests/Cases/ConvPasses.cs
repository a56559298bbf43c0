using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Tests.Cases;

/// <summary>What a training step computes of one convolution.</summary>
internal static class ConvPasses
{
    /// <summary>All results, one after the other; a pass that the algorithm refuses leaves its zeros.</summary>
    public static float[] All(ConvCase test, ConvolutionOptions options)
    {
        Conv2dShape shape = test.Shape;
        var output = new float[shape.OutputShape.Length];
        var gradInput = new float[shape.InputShape.Length];
        var gradWeight = new float[shape.WeightShape.Length];
        var gradBias = new float[shape.OutChannels];
        Try(() => Conv2dPrimitives.Forward(shape, test.Input, test.Weight, test.Bias, output, options));
        Try(() => Conv2dPrimitives.BackwardInput(shape, test.GradOutput, test.Weight, gradInput, options));
        Try(() => Conv2dPrimitives.BackwardWeight(shape, test.Input, test.GradOutput, gradWeight, gradBias, options));
        return [.. output, .. gradInput, .. gradWeight, .. gradBias];
    }

    private static void Try(Action pass)
    {
        try
        {
            pass();
        }
        catch (ArgumentException error) when (error.Message.Contains("cannot do", StringComparison.Ordinal))
        {
            // What an algorithm refuses is another test's subject.
        }
    }
}

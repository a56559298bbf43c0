using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using static FastConv.Tests.Properties.ConvolutionCalls;

namespace FastConv.Tests.Properties;

/// <summary>Every algorithm that takes a shape computes the same sums as the plain one, in every pass; what it does not take, it says.</summary>
public sealed class ConvolutionAlgorithmTests
{
    // Winograd's transforms count as so many terms more, and share the rounding of a tile.
    private const int TransformTerms = 60;

    public static TheoryData<ConvolutionAlgorithm> Algorithms { get; } = [.. Enum.GetValues<ConvolutionAlgorithm>().Except([ConvolutionAlgorithm.Direct])];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Algorithms_agree_with_the_plain_one(ConvolutionAlgorithm algorithm) => PropertyRun.ForAll(ConvolutionNumbers.All, numbers =>
    {
        // Kernels that some algorithm is made for come often enough among windows of up to 5 x 3.
        Conv2dShape shape = numbers.ToShape();
        AssertAgree(algorithm, shape);
        if (shape.Vertical.Window >= 3 && shape is { Vertical.Dilation: 1, Horizontal.Dilation: 1 })
        {
            int side = shape.Vertical.Window;
            AssertAgree(algorithm, Conv2dShape.Create(
                shape.Batch, shape.InChannels, shape.Vertical.Input + side, shape.Horizontal.Input + side, shape.OutChannels, side, 1, side / 2, 1, shape.Groups));
        }
    });

    private static void AssertAgree(ConvolutionAlgorithm algorithm, Conv2dShape shape)
    {
        var test = new ConvCase($"{algorithm}", shape);
        bool isTiled = algorithm.ToString().StartsWith("Winograd", StringComparison.Ordinal) || algorithm == ConvolutionAlgorithm.Auto;
        var chosen = new ConvolutionOptions { Algorithm = algorithm };
        var plain = new ConvolutionOptions { Algorithm = ConvolutionAlgorithm.Direct };
        Compare(
            options => Forward(shape, test.Input, test.Weight, options), Forward(shape, Absolute(test.Input), Absolute(test.Weight), plain), test.ForwardTerms);
        Compare(
            options => BackwardInput(shape, test.GradOutput, test.Weight, options),
            BackwardInput(shape, Absolute(test.GradOutput), Absolute(test.Weight), plain),
            test.BackwardInputTerms);
        Compare(
            options => BackwardWeight(shape, test.Input, test.GradOutput, options),
            BackwardWeight(shape, Absolute(test.Input), Absolute(test.GradOutput), plain),
            test.BackwardWeightTerms);

        void Compare(Func<ConvolutionOptions, float[]> pass, float[] magnitude, int terms)
        {
            float[] actual;
            try
            {
                actual = pass(chosen);
            }
            catch (ArgumentException refusal) when (refusal.Message.Contains($"the algorithm {algorithm} cannot do", StringComparison.Ordinal))
            {
                return;
            }

            if (isTiled)
            {
                Array.Fill(magnitude, magnitude.Max());
            }

            AssertSameSums(pass(plain), actual, magnitude, isTiled ? terms + TransformTerms : terms, test.ToString());
        }
    }
}

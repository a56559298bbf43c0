using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Tests.Primitives;

/// <summary>Which strategy the list gives to which shape.</summary>
public sealed class ConvolutionPlanTests
{
    public static TheoryData<string, ConvolutionAlgorithm> Shapes => new()
    {
        { "ordinary", ConvolutionAlgorithm.ImplicitGemm },
        { "large images", ConvolutionAlgorithm.ImplicitGemm },
        { "one pixel", ConvolutionAlgorithm.ImplicitGemm },
        { "grouped", ConvolutionAlgorithm.ImplicitGemm },
        { "depthwise", ConvolutionAlgorithm.Depthwise },
        { "channel multiplier", ConvolutionAlgorithm.Depthwise },
        { "huge stride", ConvolutionAlgorithm.Im2ColGemm },
        { "3x3", ConvolutionAlgorithm.Winograd4x4 },
        { "3x3 of few channels", ConvolutionAlgorithm.ImplicitGemm },
        { "3x3 of one small image", ConvolutionAlgorithm.ImplicitGemm },
        { "3x3 stride 2", ConvolutionAlgorithm.ImplicitGemm },
        { "3x3 dilated", ConvolutionAlgorithm.ImplicitGemm },
        { "5x5", ConvolutionAlgorithm.Winograd5x5 },
        { "5x5 of few channels", ConvolutionAlgorithm.ImplicitGemm },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Auto_TakesTheFirstThatIsMeantForTheShape(string name, ConvolutionAlgorithm expected)
    {
        Conv2dShape shape = name switch
        {
            "large images" => Conv2dShape.Create(2, 64, 1024, 1024, 8, 3, padding: 1),
            "one pixel" => Conv2dShape.Create(8, 1024, 1, 1, 10, 1),
            "grouped" => Conv2dShape.Create(2, 8, 9, 9, 8, 3, groups: 2),
            "depthwise" => Conv2dShape.Create(2, 8, 9, 9, 8, 3, groups: 8),
            "channel multiplier" => Conv2dShape.Create(2, 8, 9, 9, 16, 3, groups: 8),
            "huge stride" => Conv2dShape.Create(1, 2, 1, 1, 2, 1, stride: 1_000_000, padding: 1_000_000),
            "3x3" => Conv2dShape.Create(2, 16, 9, 9, 16, 3, padding: 1),
            "3x3 of few channels" => Conv2dShape.Create(2, 16, 9, 9, 15, 3, padding: 1),
            "3x3 of one small image" => Conv2dShape.Create(1, 16, 12, 12, 16, 3, padding: 1),
            "3x3 stride 2" => Conv2dShape.Create(2, 16, 9, 9, 16, 3, stride: 2, padding: 1),
            "3x3 dilated" => Conv2dShape.Create(2, 16, 9, 9, 16, 3, padding: 1, dilation: 2),
            "5x5" => Conv2dShape.Create(1, 16, 7, 7, 16, 5, padding: 2),
            "5x5 of few channels" => Conv2dShape.Create(2, 15, 9, 9, 16, 5, padding: 2),
            _ => Conv2dShape.Create(2, 3, 9, 9, 8, 3),
        };

        Assert.Equal(expected, ConvolutionPlan.Choose("test", shape, ConvolutionPass.Forward, ConvolutionOptions.Default).Algorithm);
    }

    [Fact]
    public void The_gradient_of_5x5_weights_is_a_plain_sum()
    {
        Conv2dShape shape = Conv2dShape.Create(2, 16, 9, 9, 16, 5, padding: 2);
        Assert.True(ConvolutionPlan.Choose("test", shape, ConvolutionPass.BackwardWeight, ConvolutionOptions.Default).IsStrict);
        Assert.False(ConvolutionPlan.Choose("test", shape, ConvolutionPass.BackwardInput, ConvolutionOptions.Default).IsStrict);
    }

    [Fact]
    public void Strict_takes_no_Winograd_for_a_call_or_for_the_process()
    {
        Conv2dShape shape = Conv2dShape.Create(2, 16, 9, 9, 16, 3, padding: 1);
        var strict = new ConvolutionOptions { Precision = ConvolutionPrecision.Strict };
        foreach (ConvolutionPass pass in Enum.GetValues<ConvolutionPass>())
        {
            Assert.False(ConvolutionPlan.Choose("test", shape, pass, ConvolutionOptions.Default).IsStrict);
            Assert.True(ConvolutionPlan.Choose("test", shape, pass, strict).IsStrict);
            Assert.Equal(
                ConvolutionAlgorithm.Winograd2x2,
                ConvolutionPlan.Choose("test", shape, pass, strict with { Algorithm = ConvolutionAlgorithm.Winograd2x2 }).Algorithm);
        }

        Assert.Equal(ConvolutionPrecision.Strict, strict.EffectivePrecision);
        Assert.Equal(ConvolutionOptions.ProcessPrecision, ConvolutionOptions.Default.EffectivePrecision);
    }
}

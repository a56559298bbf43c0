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
            _ => Conv2dShape.Create(2, 3, 9, 9, 8, 3),
        };

        Assert.Equal(expected, ConvolutionPlan.Choose("test", shape, ConvolutionPass.Forward, ConvolutionAlgorithm.Auto).Algorithm);
    }
}

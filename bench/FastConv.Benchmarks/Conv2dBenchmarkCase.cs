using BenchmarkDotNet.Attributes;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks;

/// <summary>The operands of one convolution, batch 8, and the algorithm that is asked for.</summary>
public abstract class Conv2dBenchmarkCase
{
    private static readonly Dictionary<string, Conv2dShape> Shapes = new()
    {
        ["resnet 64x56 3x3"] = Conv2dShape.Create(8, 64, 56, 56, 64, kernel: 3, padding: 1),
        ["resnet 256x14 3x3"] = Conv2dShape.Create(8, 256, 14, 14, 256, kernel: 3, padding: 1),
        ["resnet 64x56 1x1"] = Conv2dShape.Create(8, 64, 56, 56, 256, kernel: 1),
        ["resnet 128x56 3x3 s2"] = Conv2dShape.Create(8, 128, 56, 56, 128, kernel: 3, stride: 2, padding: 1),
        ["mnist 1x28 3x3"] = Conv2dShape.Create(8, 1, 28, 28, 32, kernel: 3, padding: 1),
        ["depthwise 128x28 3x3"] = Conv2dShape.Create(8, 128, 28, 28, 128, kernel: 3, padding: 1, groups: 128),
    };

    private Conv2dShape _shape = null!;
    private ConvolutionOptions _options = null!;
    private Tensor _input = null!;
    private Tensor _weight = null!;
    private Tensor _output = null!;
    private Tensor _gradient = null!;

    public static IEnumerable<string> ShapeNames => Shapes.Keys;

    [ParamsSource(nameof(ShapeNames))]
    public string Shape { get; set; } = "";

    public abstract ConvolutionAlgorithm Algorithm { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _shape = Shapes[Shape];
        _options = new ConvolutionOptions { Algorithm = Algorithm };
        _input = RandomValues.Create(_shape.InputShape.Length, seed: 1);
        _weight = RandomValues.Create(_shape.WeightShape.Length, seed: 2);
        _output = RandomValues.Create(_shape.OutputShape.Length, seed: 3);
        _gradient = new Tensor(Math.Max(_shape.InputShape.Length, _shape.WeightShape.Length));
    }

    protected void RunForward() => Conv2dPrimitives.Forward(_shape, _input.Span, _weight.Span, [], _output.Span, _options);

    protected void RunBackwardInput() => Conv2dPrimitives.BackwardInput(
        _shape, _output.Span, _weight.Span, _gradient.Span[.._shape.InputShape.Length], _options);

    protected void RunBackwardWeight() => Conv2dPrimitives.BackwardWeight(
        _shape, _input.Span, _output.Span, _gradient.Span[.._shape.WeightShape.Length], [], _options);
}

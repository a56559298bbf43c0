using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Spans and options that do not fit a convolution, and shapes whose numbers are as large as they may be.</summary>
internal static class ConvolutionRows
{
    private const string Forward = "Conv2dPrimitives.Forward";
    private const string BackwardInput = "Conv2dPrimitives.BackwardInput";
    private const string BackwardWeight = "Conv2dPrimitives.BackwardWeight";
    private const string Im2Col = "Im2ColPrimitives.Im2Col";
    private const string Col2Im = "Im2ColPrimitives.Col2Im";
    private const string FilterSizes = $"{ShortBuffer}: TensorFlow Conv2DBackpropFilter (CVE-2021-29540), Conv3DBackprop* (CVE-2021-29520)";
    private const string EmptyArguments = $"{Null}: TensorFlow QuantizedConv2D with empty arguments (CVE-2022-29201)";

    // [2, 3, 5, 6] * [4, 3, 3, 3] -> [2, 4, 3, 4].
    private static readonly Conv2dShape Shape = Conv2dShape.Create(2, 3, 5, 6, 4, 3);

    // One row of 40000 pixels under a window of 60000: the columns of one row are 1.2e9 floats, those of both passes beyond an int.
    private static readonly Conv2dShape Wide = Conv2dShape.Create(1, 1, 1, 40_000, 1, (1, 60_000), padding: Padding.Sides(0, 0, 30_000, 29_999));

    private static readonly Conv2dShape Strided = Conv2dShape.Create(1, 1, 1, 4_000_003, 1, (1, 2), stride: (1, 2_000_000), dilation: (1, 2_000_001));

    public static HostileRow[] All =>
    [
        Missing(Forward, "no shape", "shape", call => Conv2dPrimitives.Forward(null!, [], [], [], call.Output(1))),
        Argument(Forward, "input one too short", "input expects 180 elements, received 179", call => Conv2dPrimitives.Forward(Shape, new float[179], new float[108], [], call.Output(96)), ShortBuffer),
        Argument(Forward, "empty input", "input expects 180 elements, received 0", call => Conv2dPrimitives.Forward(Shape, [], new float[108], [], call.Output(96)), EmptyArguments),
        Argument(Forward, "weight of another number of channels", "weight expects 108 elements, received 72", call => Conv2dPrimitives.Forward(Shape, new float[180], new float[72], [], call.Output(96)), ShortBuffer),
        Argument(Forward, "empty weight", "weight expects 108 elements, received 0", call => Conv2dPrimitives.Forward(Shape, new float[180], [], [], call.Output(96)), EmptyArguments),
        Argument(Forward, "bias one too long", "bias expects 4 elements or none, received 5", call => Conv2dPrimitives.Forward(Shape, new float[180], new float[108], new float[5], call.Output(96)), ShortBuffer),
        Argument(Forward, "output one too short", "output expects 96 elements, received 95", call => Conv2dPrimitives.Forward(Shape, new float[180], new float[108], [], call.Output(95)), ShortBuffer),
        Argument(Forward, "output one too long", "output expects 96 elements, received 97", call => Conv2dPrimitives.Forward(Shape, new float[180], new float[108], [], call.Output(97)), ShortBuffer),
        Argument(Forward, "output in the memory of the input", "output expects memory of its own", call => OverlapForward(call.Output(300)), Overlap),
        Argument(Forward, "an algorithm that there is not", "the algorithm 99 cannot do", call => RunForward(call, new() { Algorithm = (ConvolutionAlgorithm)99 }), Enumeration),
        Argument("ConvolutionOptions.Algorithm", "one that cannot do the pass", "the algorithm RotatedKernel cannot do", call => RunForward(call, new() { Algorithm = ConvolutionAlgorithm.RotatedKernel }), Enumeration),
        Range("ConvolutionOptions.Activation", "one that there is not", "activation expects None or ReLU", call => RunForward(call, new() { Activation = (Activation)7 }), Enumeration),
        Range("ConvolutionOptions.MaxThreads", "-1", "MaxThreads expects a number from 0", call => RunForward(call, new() { MaxThreads = -1 }), Negative),
        Range("ConvolutionOptions.MaxThreads", "int.MaxValue", "MaxThreads expects a number from 0", call => RunForward(call, new() { MaxThreads = int.MaxValue }), Unbounded),
        Defined("ConvolutionOptions.Precision", "one that there is not", "plain sums", call => Assert.Equal(96, NewForward(new() { Precision = (ConvolutionPrecision)9 }).Length), Enumeration),
        Argument(Forward, "columns beyond the largest array", "larger than one array can be", call => Conv2dPrimitives.Forward(Wide, new float[40_000], new float[60_000], [], call.Output(40_000), new() { Algorithm = ConvolutionAlgorithm.Im2ColGemm }), Overflow),
        Argument(BackwardInput, "columns beyond the largest array", "larger than one array can be", call => Conv2dPrimitives.BackwardInput(Wide, new float[40_000], new float[60_000], call.Output(40_000), new() { Algorithm = ConvolutionAlgorithm.Im2ColGemm }), Overflow),
        Argument(BackwardWeight, "columns beyond the largest array", "larger than one array can be", call => Conv2dPrimitives.BackwardWeight(Wide, new float[40_000], new float[40_000], call.Output(60_000), call.Output(1), new() { Algorithm = ConvolutionAlgorithm.Im2ColGemm }), Overflow),
        Defined(Forward, "stride, padding and dilation near 2^30, every algorithm that takes them", "the sums of the pixels that are reached", _ => Extremes.AssertForward(), Overflow),
        Defined(BackwardInput, "stride, padding and dilation near 2^30, every algorithm that takes them", "the sums of the gradients that are reached", _ => Extremes.AssertBackwardInput(), Overflow),
        Defined(BackwardWeight, "stride, padding and dilation near 2^30, every algorithm that takes them", "the sums of the products that are reached", _ => Extremes.AssertBackwardWeight(), Overflow),
        Argument(Forward, "a stride of 2000000 pixels, whose residues have no room on a stack", "the algorithm ImplicitGemm cannot do", call => Conv2dPrimitives.Forward(
            Strided, new float[Strided.InputShape.Length], new float[2], [], call.Output(Strided.OutputShape.Length), new() { Algorithm = ConvolutionAlgorithm.ImplicitGemm }), "CWE-121"),
        Defined(Forward, "NaN and infinities in every pixel", "NaN, and no exception", _ => AssertNotFinite(NewForward(new(), float.NaN)), NotFinite),
        Missing(BackwardInput, "no shape", "shape", call => Conv2dPrimitives.BackwardInput(null!, [], [], call.Output(1))),
        Argument(BackwardInput, "gradient of another shape", "gradOutput expects 96 elements, received 180", call => Conv2dPrimitives.BackwardInput(Shape, new float[180], new float[108], call.Output(180)), FilterSizes),
        Argument(BackwardInput, "weight one too short", "weight expects 108 elements, received 107", call => Conv2dPrimitives.BackwardInput(Shape, new float[96], new float[107], call.Output(180)), FilterSizes),
        Argument(BackwardInput, "gradInput one too short", "gradInput expects 180 elements, received 179", call => Conv2dPrimitives.BackwardInput(Shape, new float[96], new float[108], call.Output(179)), FilterSizes),
        Argument(BackwardInput, "gradInput in the memory of the weight", "gradInput expects memory of its own", call => OverlapBackwardInput(call.Output(300)), Overlap),
        Missing(BackwardWeight, "no shape", "shape", call => Conv2dPrimitives.BackwardWeight(null!, [], [], call.Output(1), call.Output(1))),
        Argument(BackwardWeight, "gradWeight of another filter size", "gradWeight expects 108 elements, received 300", call => Conv2dPrimitives.BackwardWeight(Shape, new float[180], new float[96], call.Output(300), call.Output(4)), FilterSizes),
        Argument(BackwardWeight, "gradient one too short", "gradOutput expects 96 elements, received 95", call => Conv2dPrimitives.BackwardWeight(Shape, new float[180], new float[95], call.Output(108), call.Output(4)), FilterSizes),
        Argument(BackwardWeight, "empty input", "input expects 180 elements, received 0", call => Conv2dPrimitives.BackwardWeight(Shape, [], new float[96], call.Output(108), call.Output(4)), ShapeRows.ConvolutionDivisors),
        Argument(BackwardWeight, "gradBias one too short", "gradBias expects 4 elements or none, received 3", call => Conv2dPrimitives.BackwardWeight(Shape, new float[180], new float[96], call.Output(108), call.Output(3)), FilterSizes),
        Argument(BackwardWeight, "gradBias in the memory of gradWeight", "gradBias expects memory of its own", call => OverlapBackwardWeight(call.Output(300)), Overlap),
        Missing("Im2ColPrimitives.ColumnsLength", "no shape", "shape", _ => Im2ColPrimitives.ColumnsLength(null!)),
        Argument("Im2ColPrimitives.ColumnsLength", "columns beyond the largest array", "more than one array can hold", _ => Im2ColPrimitives.ColumnsLength(Wide), Overflow),
        Missing(Im2Col, "no shape", "shape", call => Im2ColPrimitives.Im2Col(null!, [], call.Output(1))),
        Argument(Im2Col, "columns one too short", "columns expects 648 elements, received 647", call => Im2ColPrimitives.Im2Col(Shape, new float[180], call.Output(647)), ShortBuffer),
        Argument(Im2Col, "input one too long", "input expects 180 elements, received 181", call => Im2ColPrimitives.Im2Col(Shape, new float[181], call.Output(648)), ShortBuffer),
        Argument(Im2Col, "columns in the memory of the input", "columns expects memory of its own", call => OverlapIm2Col(call.Output(800)), Overlap),
        Missing(Col2Im, "no shape", "shape", call => Im2ColPrimitives.Col2Im(null!, [], call.Output(1))),
        Argument(Col2Im, "columns one too short", "columns expects 648 elements, received 647", call => Im2ColPrimitives.Col2Im(Shape, new float[647], call.Output(180)), ShortBuffer),
        Argument(Col2Im, "gradInput one too short", "gradInput expects 180 elements, received 179", call => Im2ColPrimitives.Col2Im(Shape, new float[648], call.Output(179)), ShortBuffer),
        Argument(Col2Im, "gradInput in the memory of the columns", "gradInput expects memory of its own", call => OverlapCol2Im(call.Output(800)), Overlap),
    ];

    private static void RunForward(HostileCall call, ConvolutionOptions options) =>
        Conv2dPrimitives.Forward(Shape, new float[180], new float[108], [], call.Output(96), options);

    private static float[] NewForward(ConvolutionOptions options, float value = 0)
    {
        float[] input = new float[180];
        Array.Fill(input, value);
        float[] output = new float[96];
        Conv2dPrimitives.Forward(Shape, input, TestTensors.Random(1, 108), [], output, options);
        return output;
    }

    private static void AssertNotFinite(float[] output) => Assert.DoesNotContain(output, float.IsFinite);

    private static void OverlapForward(float[] memory) => Conv2dPrimitives.Forward(Shape, memory.AsSpan(0, 180), new float[108], [], memory.AsSpan(100, 96));

    private static void OverlapBackwardInput(float[] memory) => Conv2dPrimitives.BackwardInput(Shape, new float[96], memory.AsSpan(0, 108), memory.AsSpan(107, 180));

    private static void OverlapBackwardWeight(float[] memory) =>
        Conv2dPrimitives.BackwardWeight(Shape, new float[180], new float[96], memory.AsSpan(0, 108), memory.AsSpan(107, 4));

    private static void OverlapIm2Col(float[] memory) => Im2ColPrimitives.Im2Col(Shape, memory.AsSpan(0, 180), memory.AsSpan(100, 648));

    private static void OverlapCol2Im(float[] memory) => Im2ColPrimitives.Col2Im(Shape, memory.AsSpan(0, 648), memory.AsSpan(600, 180));
}

using FastConv.Primitives;
using FastConv.Shapes;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Pools whose spans do not fit, and winners that nobody has won.</summary>
internal static class PoolingRows
{
    private const string MaxForward = "MaxPool2dPrimitives.Forward";
    private const string MaxBackward = "MaxPool2dPrimitives.Backward";
    private const string AvgForward = "AvgPool2dPrimitives.Forward";
    private const string AvgBackward = "AvgPool2dPrimitives.Backward";
    private const string GlobalForward = "GlobalAvgPool2dPrimitives.Forward";
    private const string GlobalBackward = "GlobalAvgPool2dPrimitives.Backward";
    private const string Winners =
        $"{BadIndex}: TensorFlow MaxPoolGradWithArgmax (CVE-2021-29570), MaxPoolGrad (CVE-2021-29579), FractionalMaxPoolGrad (CVE-2022-41897)";
    private const string PoolBuffers = $"{ShortBuffer}: TensorFlow AvgPool3DGrad (CVE-2021-29577), MaxPool3DGradGrad (CVE-2021-29576)";

    // [1, 2, 4, 4] -> [1, 2, 2, 2]; padded: [1, 1, 2, 2] -> [1, 1, 2, 2] with corners in the padding; 289 taps: argmax entries of four bytes.
    private static readonly Pool2dShape Shape = Pool2dShape.Create(1, 2, 4, 4, 2);
    private static readonly Pool2dShape Padded = Pool2dShape.Create(1, 1, 2, 2, 2, 2, 1);
    private static readonly Pool2dShape Large = Pool2dShape.Create(1, 1, 17, 17, 17);
    private static readonly Pool2dShape Dilated = Pool2dShape.Create(1, 1, 5, 5, 2, 1, 0, 2);

    // One output over a window that lies on the padding but for its last taps.
    private static readonly Pool2dShape Edge = Pool2dShape.Create(1, 1, 2, 2, (1, 1 << 20), 1, Padding.Sides(0, 0, (1 << 20) - 2, 0));

    public static HostileRow[] All =>
    [
        Missing(MaxForward, "no shape", "shape", call => MaxPool2dPrimitives.Forward(null!, [], call.Output(1))),
        Argument(MaxForward, "input one too short", "input expects 32 elements, received 31", call => MaxPool2dPrimitives.Forward(Shape, new float[31], call.Output(8), call.Bytes(8)), PoolBuffers),
        Argument(MaxForward, "empty input", "input expects 32 elements, received 0", call => MaxPool2dPrimitives.Forward(Shape, [], call.Output(8)), ShapeRows.PoolDivisors),
        Argument(MaxForward, "output one too short", "output expects 8 elements, received 7", call => MaxPool2dPrimitives.Forward(Shape, new float[32], call.Output(7)), PoolBuffers),
        Argument(MaxForward, "argmax one too short", "argmax expects 8 elements, received 7", call => MaxPool2dPrimitives.Forward(Shape, new float[32], call.Output(8), call.Bytes(7)), Winners),
        Argument(MaxForward, "bytes for argmax entries of four", "argmax expects 4 elements, received 1", call => MaxPool2dPrimitives.Forward(Large, new float[289], call.Output(1), call.Bytes(1)), Winners),
        Argument(MaxForward, "output in the memory of the input", "output expects memory of its own", call => OverlapForward(call.Output(40)), Overlap),
        Defined(MaxForward, "NaN and infinities", "NaN wins, an infinity is a number", _ => AssertMaxOfNotFinite(), NotFinite),
        Defined(MaxForward, "a window of 2^20 taps, most of them on padding", "the pixels' largest", _ => AssertEdge((shape, input, output) => MaxPool2dPrimitives.Forward(shape, input, output)), Unbounded),
        Missing(MaxBackward, "no shape", "shape", call => MaxPool2dPrimitives.Backward(null!, [], [], call.Output(1))),
        Argument(MaxBackward, "a winner that is no tap of the window", "argmax expects taps of a 2x2 window that lie on the image, received 4", call => Backward(call, Shape, 4), Winners),
        Argument(MaxBackward, "the largest byte", "received 255", call => Backward(call, Shape, 255), Winners),
        Argument(MaxBackward, "a winner on the padding", "that lie on the image, received 3", call => Backward(call, Padded, 3), Winners),
        Argument(MaxBackward, "a negative winner of four bytes", "received -1", call => MaxPool2dPrimitives.Backward(Large, new float[1], [255, 255, 255, 255], call.Output(289)), Winners),
        Argument(MaxBackward, "int.MaxValue as a winner", "received 2147483647", call => MaxPool2dPrimitives.Backward(Large, new float[1], [255, 255, 255, 127], call.Output(289)), Winners),
        Argument(MaxBackward, "the argmax of another shape", "argmax expects 8 elements, received 4", call => MaxPool2dPrimitives.Backward(Shape, new float[8], new byte[4], call.Output(32)), Winners),
        Argument(MaxBackward, "gradient one too short", "gradOutput expects 8 elements, received 7", call => MaxPool2dPrimitives.Backward(Shape, new float[7], new byte[8], call.Output(32)), PoolBuffers),
        Argument(MaxBackward, "empty gradient and argmax", "gradOutput expects 8 elements, received 0", call => MaxPool2dPrimitives.Backward(Shape, [], [], call.Output(32)), ShapeRows.PoolDivisors),
        Argument(MaxBackward, "gradInput one too short", "gradInput expects 32 elements, received 31", call => MaxPool2dPrimitives.Backward(Shape, new float[8], new byte[8], call.Output(31)), PoolBuffers),
        Argument(MaxBackward, "gradInput in the memory of the gradient", "gradInput expects memory of its own", call => OverlapBackward(call.Output(40)), Overlap),
        Missing(AvgForward, "no shape", "shape", call => AvgPool2dPrimitives.Forward(null!, [], call.Output(1))),
        Argument(AvgForward, "a dilated window", "shape expects dilation 1, received 2x2", call => AvgPool2dPrimitives.Forward(Dilated, new float[25], call.Output(9)), PoolBuffers),
        Argument(AvgForward, "input one too long", "input expects 32 elements, received 33", call => AvgPool2dPrimitives.Forward(Shape, new float[33], call.Output(8)), PoolBuffers),
        Argument(AvgForward, "output one too short", "output expects 8 elements, received 7", call => AvgPool2dPrimitives.Forward(Shape, new float[32], call.Output(7)), PoolBuffers),
        Argument(AvgForward, "output in the memory of the input", "output expects memory of its own", call => OverlapAverage(call.Output(40)), Overlap),
        Argument(AvgBackward, "a dilated window", "shape expects dilation 1, received 2x2", call => AvgPool2dPrimitives.Backward(Dilated, new float[9], call.Output(25)), PoolBuffers),
        Argument(AvgBackward, "gradient of another shape", "gradOutput expects 8 elements, received 32", call => AvgPool2dPrimitives.Backward(Shape, new float[32], call.Output(32)), PoolBuffers),
        Argument(AvgBackward, "empty gradient", "gradOutput expects 8 elements, received 0", call => AvgPool2dPrimitives.Backward(Shape, [], call.Output(32)), ShapeRows.PoolDivisors),
        Argument(AvgBackward, "gradInput one too long", "gradInput expects 32 elements, received 33", call => AvgPool2dPrimitives.Backward(Shape, new float[8], call.Output(33)), PoolBuffers),
        Argument(AvgBackward, "gradInput in the memory of the gradient", "gradInput expects memory of its own", call => OverlapAverageBackward(call.Output(40)), Overlap),
        Range(GlobalForward, "no planes", "planes expects at least 1", call => GlobalAvgPool2dPrimitives.Forward(0, 4, [], call.Output(1)), ZeroDivisor),
        Range(GlobalForward, "planes of 0 pixels", "plane expects at least 1", call => GlobalAvgPool2dPrimitives.Forward(2, 0, [], call.Output(2)), ZeroDivisor),
        Argument(GlobalForward, "2^60 pixels", "planes x plane expects at most", call => GlobalAvgPool2dPrimitives.Forward(1 << 30, 1 << 30, new float[4], call.Output(1)), Overflow),
        Argument(GlobalForward, "2^32 pixels, which are 0 in 32 bits", "planes x plane expects at most", call => GlobalAvgPool2dPrimitives.Forward(1 << 16, 1 << 16, [], call.Output(1)), Overflow),
        Argument(GlobalForward, "output one too short", "output expects 2 elements, received 1", call => GlobalAvgPool2dPrimitives.Forward(2, 4, new float[8], call.Output(1)), PoolBuffers),
        Argument(GlobalForward, "output in the memory of the input", "output expects memory of its own", call => OverlapGlobal(call.Output(8)), Overlap),
        Range(GlobalBackward, "negative planes", "planes expects at least 1", call => GlobalAvgPool2dPrimitives.Backward(-1, 4, [], call.Output(1)), Negative),
        Argument(GlobalBackward, "gradInput one too short", "gradInput expects 8 elements, received 7", call => GlobalAvgPool2dPrimitives.Backward(2, 4, new float[2], call.Output(7)), PoolBuffers),
        Argument(GlobalBackward, "gradInput in the memory of the gradient", "gradInput expects memory of its own", call => OverlapGlobalBackward(call.Output(8)), Overlap),
    ];

    private static void Backward(HostileCall call, Pool2dShape shape, byte winner)
    {
        byte[] argmax = new byte[shape.ArgmaxLength];
        argmax[^1] = winner;
        argmax.AsSpan(0, argmax.Length - 1).Fill(3);
        MaxPool2dPrimitives.Backward(shape, new float[argmax.Length], argmax, call.Output(shape.InputShape.Length));
    }

    private static void AssertMaxOfNotFinite()
    {
        float[] output = new float[1];
        var shape = Pool2dShape.Create(1, 1, 2, 2, 2);
        MaxPool2dPrimitives.Forward(shape, [1, float.NaN, float.PositiveInfinity, 2], output, new byte[1]);
        Assert.Equal(float.NaN, output[0]);
        MaxPool2dPrimitives.Forward(shape, [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], output);
        Assert.Equal(float.NegativeInfinity, output[0]);
    }

    private static void AssertEdge(Action<Pool2dShape, float[], float[]> pool)
    {
        float[] output = new float[Edge.OutputShape.Length];
        pool(Edge, [1, 2, 4, 3], output);
        Assert.Equal([2, 4], output);
    }

    private static void OverlapForward(float[] memory) => MaxPool2dPrimitives.Forward(Shape, memory.AsSpan(0, 32), memory.AsSpan(31, 8));

    private static void OverlapBackward(float[] memory) => MaxPool2dPrimitives.Backward(Shape, memory.AsSpan(0, 8), new byte[8], memory.AsSpan(7, 32));

    private static void OverlapAverage(float[] memory) => AvgPool2dPrimitives.Forward(Shape, memory.AsSpan(0, 32), memory.AsSpan(31, 8));

    private static void OverlapAverageBackward(float[] memory) => AvgPool2dPrimitives.Backward(Shape, memory.AsSpan(0, 8), memory.AsSpan(7, 32));

    private static void OverlapGlobal(float[] memory) => GlobalAvgPool2dPrimitives.Forward(2, 4, memory, memory.AsSpan(0, 2));

    private static void OverlapGlobalBackward(float[] memory) => GlobalAvgPool2dPrimitives.Backward(2, 4, memory.AsSpan(6, 2), memory);
}

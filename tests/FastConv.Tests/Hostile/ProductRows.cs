using FastConv.Primitives;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Matrix products, linear layers and concatenation over spans that do not fit.</summary>
internal static class ProductRows
{
    private const string Gemm = "GemmPrimitives.Multiply";
    private const string Forward = "LinearPrimitives.Forward";
    private const string BackwardInput = "LinearPrimitives.BackwardInput";
    private const string BackwardWeight = "LinearPrimitives.BackwardWeight";
    private const string CopyIn = "ConcatPrimitives.CopyIn";
    private const string CopyOut = "ConcatPrimitives.CopyOut";
    private const string Axis = $"{Overflow}: TensorFlow ConcatV2 (CVE-2022-21731)";

    public static HostileRow[] All =>
    [
        Range(Gemm, "m 0", "m", call => GemmPrimitives.Multiply(0, 2, 2, [], false, new float[4], false, call.Output(4)), ZeroDivisor),
        Range(Gemm, "negative k", "k", call => GemmPrimitives.Multiply(2, 2, -1, [], false, [], false, call.Output(4)), Negative),
        Argument(Gemm, "2^32 elements of A, which are 0 in 32 bits", "m x k expects at most", call => GemmPrimitives.Multiply(1 << 16, 1, 1 << 16, [], false, [], false, call.Output(1)), Overflow),
        Argument(Gemm, "b one too short", "b expects 6 elements, received 5", call => GemmPrimitives.Multiply(2, 2, 3, new float[6], false, new float[5], true, call.Output(4)), ShortBuffer),
        Argument(Gemm, "c one too long", "c expects 4 elements, received 5", call => GemmPrimitives.Multiply(2, 2, 3, new float[6], false, new float[6], false, call.Output(5)), ShortBuffer),
        Argument(Gemm, "c in the memory of a", "c expects memory of its own", call => SharedProduct(call.Output(6)), Overlap),
        Range(Gemm, "rows that are longer than their distance", "its leading dimension is 2", call => GemmPrimitives.Multiply(2, 2, 3, new float[6], 2, false, new float[6], 2, false, call.Output(4), 2), ShortBuffer),
        Range(Gemm, "a negative distance of rows", "its leading dimension is -3", call => GemmPrimitives.Multiply(2, 2, 3, new float[6], 3, false, new float[6], 2, false, call.Output(4), -3), Negative),
        Argument(Gemm, "a distance of rows near 2^31", "c expects at least 2147483649 elements, received 4", call => GemmPrimitives.Multiply(2, 2, 3, new float[6], 3, false, new float[6], 2, false, call.Output(4), int.MaxValue), Overflow),
        Range(Forward, "batch 0", "batch expects at least 1", call => LinearPrimitives.Forward(0, 3, 2, [], new float[6], [], call.Output(2)), ZeroDivisor),
        Argument(Forward, "weight of other features", "weight expects 6 elements, received 8", call => LinearPrimitives.Forward(1, 3, 2, new float[3], new float[8], [], call.Output(2)), ShortBuffer),
        Argument(Forward, "2^32 weights, which are 0 in 32 bits", "outFeatures x inFeatures expects at most", call => LinearPrimitives.Forward(1, 1 << 16, 1 << 16, new float[1 << 16], [], [], call.Output(1 << 16)), Overflow),
        Argument(Forward, "bias one too long", "bias expects 2 elements or none, received 3", call => LinearPrimitives.Forward(1, 3, 2, new float[3], new float[6], new float[3], call.Output(2)), ShortBuffer),
        Argument(Forward, "output in the memory of the input", "output expects memory of its own", call => SharedLinear(call.Output(3)), Overlap),
        Range(Forward, "an activation that there is not", "activation expects None or ReLU", call => LinearPrimitives.Forward(1, 3, 2, new float[3], new float[6], [], call.Output(2), (Activation)9), Enumeration),
        Range(BackwardInput, "negative features", "inFeatures expects at least 1", call => LinearPrimitives.BackwardInput(1, -3, 2, new float[2], new float[6], call.Output(3)), Negative),
        Argument(BackwardInput, "gradInput one too short", "gradInput expects 3 elements, received 2", call => LinearPrimitives.BackwardInput(1, 3, 2, new float[2], new float[6], call.Output(2)), ShortBuffer),
        Argument(BackwardInput, "gradInput in the memory of the weight", "gradInput expects memory of its own", call => SharedLinearInput(call.Output(6)), Overlap),
        Range(BackwardWeight, "batch 0", "batch expects at least 1", call => LinearPrimitives.BackwardWeight(0, 3, 2, [], [], call.Output(6), call.Output(2)), ZeroDivisor),
        Argument(BackwardWeight, "gradWeight one too long", "gradWeight expects 6 elements, received 7", call => LinearPrimitives.BackwardWeight(1, 3, 2, new float[3], new float[2], call.Output(7), call.Output(2)), ShortBuffer),
        Argument(BackwardWeight, "gradBias in the memory of gradWeight", "gradBias expects memory of its own", call => SharedLinearWeight(call.Output(6)), Overlap),
        Range(CopyIn, "batch 0", "batch expects at least 1", call => ConcatPrimitives.CopyIn(0, [], 1, call.Output(1), 1, 0), ZeroDivisor),
        Range(CopyIn, "an offset behind the sample", "offset expects a part of 2 within a sample of 3, received 2", call => ConcatPrimitives.CopyIn(2, new float[4], 2, call.Output(6), 3, 2), Axis),
        Range(CopyIn, "a negative offset", "received -1", call => ConcatPrimitives.CopyIn(2, new float[4], 2, call.Output(6), 3, -1), Axis),
        Range(CopyIn, "an offset near 2^31", "received 2147483647", call => ConcatPrimitives.CopyIn(2, new float[4], 2, call.Output(6), 3, int.MaxValue), Axis),
        Argument(CopyIn, "whole in the memory of the part", "whole expects memory of its own", call => SharedConcat(call.Output(6)), Overlap),
        Argument(CopyOut, "part one too short", "part expects 4 elements, received 3", call => ConcatPrimitives.CopyOut(2, new float[6], 3, 0, call.Output(3), 2), ShortBuffer),
        Range(CopyOut, "an offset behind the sample", "received 2", call => ConcatPrimitives.CopyOut(2, new float[6], 3, 2, call.Output(4), 2), Axis),
        Argument(CopyOut, "2^32 elements, which are 0 in 32 bits", "batch x partLength expects at most", call => ConcatPrimitives.CopyOut(1 << 16, [], 1 << 16, 0, call.Output(1), 1 << 16), Overflow),
    ];

    private static void SharedProduct(float[] memory) => GemmPrimitives.Multiply(2, 2, 3, memory, false, new float[6], false, memory.AsSpan(2, 4));

    private static void SharedLinear(float[] memory) => LinearPrimitives.Forward(1, 3, 2, memory, new float[6], [], memory.AsSpan(1));

    private static void SharedLinearInput(float[] memory) => LinearPrimitives.BackwardInput(1, 3, 2, new float[2], memory, memory.AsSpan(3));

    private static void SharedLinearWeight(float[] memory) => LinearPrimitives.BackwardWeight(1, 3, 2, new float[3], new float[2], memory, memory.AsSpan(4));

    private static void SharedConcat(float[] memory) => ConcatPrimitives.CopyIn(2, memory.AsSpan(0, 4), 2, memory, 3, 0);
}

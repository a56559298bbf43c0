using FastConv.Primitives;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Elementwise operations over spans of different lengths and memory that is shared in part.</summary>
internal static class ElementwiseRows
{
    private const string DropForward = "DropoutPrimitives.Forward";
    private const string DropBackward = "DropoutPrimitives.Backward";

    private static readonly float[] Extreme = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon];

    public static HostileRow[] All =>
    [
        .. from name in (string[])["ReLU", "Sigmoid", "Tanh", "LeakyReLU", "SiLU", "HardSigmoid", "HardSwish", "GELU"]
           from row in Activation($"{name}Primitives", ActivationCases.Get(name))
           select row,
        Range("GELUPrimitives.Forward", "an approximation that there is not", "approximate expects None or Tanh", call => GELUPrimitives.Forward(new float[4], call.Output(4), (GELUApproximation)3), Enumeration),
        Range("GELUPrimitives.Backward", "an approximation that there is not", "approximate expects None or Tanh", call => GELUPrimitives.Backward(new float[4], new float[4], call.Output(4), (GELUApproximation)3), Enumeration),
        Argument("AddPrimitives.Add", "y one too short", "y expects 4 elements, received 3", call => AddPrimitives.Add(new float[4], new float[3], call.Output(4)), ShortBuffer),
        Argument("AddPrimitives.Add", "sum one too long", "sum expects 4 elements, received 5", call => AddPrimitives.Add(new float[4], new float[4], call.Output(5)), ShortBuffer),
        Argument("AddPrimitives.Add", "sum in a part of y's memory", "sum expects the memory of y or memory of its own", call => SharedSum(call.Output(5)), Overlap),
        Argument(DropForward, "y one too short", "y expects 4 elements, received 3", call => DropoutPrimitives.Forward(new float[4], 0.5f, 1, 1, call.Output(3)), ShortBuffer),
        Argument(DropForward, "kept one too short", "kept expects 4 elements, received 3", call => DropoutPrimitives.Forward(new float[4], 0.5f, 1, 1, call.Output(4), call.Bytes(3)), ShortBuffer),
        Argument(DropForward, "kept in the memory of y", "kept expects memory of its own", call => SharedMask(call.Output(4)), Overlap),
        Range(DropForward, "probability NaN", "probability expects a number from 0 to 1", call => DropoutPrimitives.Forward(new float[4], float.NaN, 1, 1, call.Output(4)), NotFinite),
        Range(DropForward, "probability above 1", "probability expects a number from 0 to 1", call => DropoutPrimitives.Forward(new float[4], 1.5f, 1, 1, call.Output(4)), Negative),
        Defined(DropForward, "seed and step of long.MinValue", "a mask like any other", _ => DropoutPrimitives.Forward(new float[4], 0.5f, long.MinValue, long.MinValue, new float[4]), Negative),
        Argument(DropBackward, "kept of another shape", "kept expects 4 elements, received 5", call => DropoutPrimitives.Backward(new float[4], new byte[5], 0.5f, call.Output(4)), ShortBuffer),
        Argument(DropBackward, "gradInput in a part of the gradient's memory", "gradInput expects the memory of gradOutput or memory of its own", call => SharedDropGradient(call.Output(5)), Overlap),
        Argument(DropBackward, "gradInput in the memory of kept", "gradInput expects memory of its own", call => SharedKept(call.Output(4)), Overlap),
        Range(DropBackward, "probability -1", "probability expects a number from 0 to 1", call => DropoutPrimitives.Backward(new float[4], -1, 1, 1, call.Output(4)), Negative),
    ];

    private static HostileRow[] Activation(string type, ActivationCase test) =>
    [
        Argument($"{type}.Forward", "y one too short", "y expects 4 elements, received 3", call => test.Forward(new float[4], call.Output(3)), ShortBuffer),
        Argument($"{type}.Forward", "y in a part of x's memory", "y expects the memory of x or memory of its own", call => SharedForward(test, call.Output(5)), Overlap),
        Argument($"{type}.Backward", "gradient one too long", "gradOutput expects 4 elements, received 5", call => test.Backward(new float[4], new float[5], call.Output(4)), ShortBuffer),
        Argument($"{type}.Backward", "gradInput one too short", "gradInput expects 4 elements, received 3", call => test.Backward(new float[4], new float[4], call.Output(3)), ShortBuffer),
        Argument($"{type}.Backward", "gradInput in a part of the gradient's memory", "gradInput expects the memory of gradOutput or memory of its own", call => SharedBackward(test, call.Output(5)), Overlap),
        Defined($"{type}.Forward", "NaN, infinities and the largest numbers", "NaN makes NaN, a finite number does not", _ => AssertOnlyNaNMakesNaN(test), NotFinite),
    ];

    private static void SharedForward(ActivationCase test, float[] memory) => test.Forward(memory.AsSpan(0, 4), memory.AsSpan(1));

    private static void SharedBackward(ActivationCase test, float[] memory) => test.Backward(new float[4], memory.AsSpan(0, 4), memory.AsSpan(1));

    private static void SharedSum(float[] memory) => AddPrimitives.Add(new float[4], memory.AsSpan(0, 4), memory.AsSpan(1));

    private static void SharedMask(float[] memory) => DropoutPrimitives.Forward(new float[4], 0.5f, 1, 1, memory, System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.AsSpan())[12..]);

    private static void SharedKept(float[] memory) =>
        DropoutPrimitives.Backward(new float[4], System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.AsSpan())[..4], 0.5f, memory);

    private static void SharedDropGradient(float[] memory) => DropoutPrimitives.Backward(memory.AsSpan(0, 4), 0.5f, 1, 1, memory.AsSpan(1));

    private static void AssertOnlyNaNMakesNaN(ActivationCase test)
    {
        float[] y = new float[Extreme.Length];
        test.Forward(Extreme, y);
        Assert.True(float.IsNaN(y[0]));
        Assert.DoesNotContain(y.Skip(3), float.IsNaN);
    }
}

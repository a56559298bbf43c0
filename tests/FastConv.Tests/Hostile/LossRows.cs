using FastConv.Primitives;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Labels that are no classes, targets of another shape, and predictions that are no probabilities.</summary>
internal static class LossRows
{
    private const string CrossForward = "CrossEntropyPrimitives.Forward";
    private const string CrossBackward = "CrossEntropyPrimitives.Backward";
    private const string NllForward = "NllPrimitives.Forward";
    private const string NllBackward = "NllPrimitives.Backward";
    private const string ThroughSigmoid = "BcePrimitives.BackwardThroughSigmoid";
    private const string Labels = $"{BadIndex}: PyTorch nll_loss2d_backward with a label that is no class (pytorch issue 194802)";

    public static HostileRow[] All =>
    [
        .. from name in (string[])["Mse", "L1", "Huber", "Bce", "BceWithLogits"]
           from row in Elements($"{name}Primitives", ElementLossCases.Get(name))
           select row,
        Range("HuberPrimitives.Forward", "delta 0", "delta expects a finite number above 0, received 0", _ => HuberPrimitives.Forward(new float[2], new float[2], 0), ZeroDivisor),
        Range("HuberPrimitives.Backward", "delta NaN", "delta expects a finite number above 0, received NaN", call => HuberPrimitives.Backward(new float[2], new float[2], call.Output(2), double.NaN), NotFinite),
        Range("BcePrimitives.Forward", "a prediction above 1", "prediction expects", _ => BcePrimitives.Forward([0.5f, 1.5f], new float[2]), NotFinite),
        Range("BcePrimitives.Backward", "a prediction of NaN", "prediction expects", call => BcePrimitives.Backward([0.5f, float.NaN], new float[2], call.Output(2)), NotFinite),
        Defined(ThroughSigmoid, "a prediction below 0", "the difference, as for any number", _ => AssertDifference(), NotFinite),
        Argument(ThroughSigmoid, "gradient one too long", "expects 1 elements, received 2", call => BcePrimitives.BackwardThroughSigmoid([0.5f], new float[1], call.Output(2)), ShortBuffer),
        Range(CrossForward, "no rows", "rows expects at least 1", call => CrossEntropyPrimitives.Forward(0, 3, [], (int[])[], call.Output(1)), ZeroDivisor),
        Range(CrossForward, "negative classes", "classes expects at least 1", call => CrossEntropyPrimitives.Forward(2, -3, [], (int[])[0, 1], call.Output(1)), Negative),
        Argument(CrossForward, "2^32 logits, which are 0 in 32 bits", "rows x classes expects at most", call => CrossEntropyPrimitives.Forward(1 << 16, 1 << 16, [], (int[])[], call.Output(1)), Overflow),
        Range(CrossForward, "a label above the classes", "labels expect classes from 0 to 2 or the ignored -100, received 3 in row 1", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[0, 3], call.Output(6)), Labels),
        Range(CrossForward, "a label below 0", "received -1 in row 0", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[-1, 0], call.Output(6)), Labels),
        Range(CrossForward, "int.MinValue as a label", "received -2147483648 in row 0", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[int.MinValue, 0], call.Output(6)), Labels),
        Argument(CrossForward, "one label too few", "labels expects 2 elements, received 1", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[0], call.Output(6)), ShortBuffer),
        Argument(CrossForward, "probabilities one too short", "probabilities expects 6 elements, received 5", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[0, 1], call.Output(5)), ShortBuffer),
        Argument(CrossForward, "targets of another shape", "targets expects 6 elements, received 4", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], new float[4], call.Output(6)), ShortBuffer),
        Argument(CrossForward, "weights of other classes", "classWeights expects 3 elements or none, received 2", call => CrossEntropyPrimitives.Forward(2, 3, new float[6], (int[])[0, 2], call.Output(6), new() { ClassWeights = new float[2] }), Labels),
        Argument(CrossForward, "probabilities in the memory of the logits", "probabilities expects memory of its own", call => SharedLogits(call.Output(6)), Overlap),
        Defined(CrossForward, "every label ignored", "the loss is NaN, and no exception", _ => Assert.True(float.IsNaN(CrossEntropyPrimitives.Forward(1, 3, new float[3], (int[])[-100], new float[3]))), ZeroDivisor),
        Defined(CrossForward, "NaN and infinite logits", "the loss is NaN, and no exception", _ => Assert.True(float.IsNaN(CrossEntropyPrimitives.Forward(1, 2, [float.NaN, float.PositiveInfinity], (int[])[0], new float[2]))), NotFinite),
        Range("CrossEntropyOptions.LabelSmoothing", "2", "LabelSmoothing expects a number from 0 to 1", call => _ = new CrossEntropyOptions { LabelSmoothing = 2 }, Negative),
        Range("CrossEntropyOptions.ClassWeights", "a negative weight", "class weights expect finite numbers of at least 0", call => _ = new CrossEntropyOptions { ClassWeights = new float[] { 1, -1 } }, Negative),
        Defined("CrossEntropyOptions.IgnoreIndex", "int.MinValue", "that label is ignored", _ => Assert.True(float.IsNaN(CrossEntropyPrimitives.Forward(1, 2, new float[2], (int[])[int.MinValue], new float[2], new() { IgnoreIndex = int.MinValue }))), Labels),
        Range(CrossBackward, "a label above the classes", "received 3 in row 1", call => CrossEntropyPrimitives.Backward(2, 3, new float[6], (int[])[0, 3], call.Output(6)), Labels),
        Argument(CrossBackward, "probabilities one too short", "probabilities expects 6 elements, received 5", call => CrossEntropyPrimitives.Backward(2, 3, new float[5], (int[])[0, 1], call.Output(6)), ShortBuffer),
        Argument(CrossBackward, "targets of another shape", "targets expects 6 elements, received 0", call => CrossEntropyPrimitives.Backward(2, 3, new float[6], ReadOnlySpan<float>.Empty, call.Output(6)), ShortBuffer),
        Argument(CrossBackward, "gradient one too long", "gradLogits expects 6 elements, received 7", call => CrossEntropyPrimitives.Backward(2, 3, new float[6], (int[])[0, 1], call.Output(7)), ShortBuffer),
        Range(NllForward, "a label above the classes", "received 3 in row 1", _ => NllPrimitives.Forward(2, 3, new float[6], (int[])[0, 3]), Labels),
        Range(NllForward, "a weight of NaN", "class weights expect finite numbers of at least 0, received NaN", _ => NllPrimitives.Forward(2, 3, new float[6], (int[])[0, 1], [1, 1, float.NaN]), NotFinite),
        Argument(NllForward, "log-probabilities one too short", "logProbabilities expects 6 elements, received 5", _ => NllPrimitives.Forward(2, 3, new float[5], (int[])[0, 1]), ShortBuffer),
        Argument(NllForward, "targets of another shape", "targets expects 6 elements, received 7", _ => NllPrimitives.Forward(2, 3, new float[6], new float[7]), ShortBuffer),
        Range(NllBackward, "a label above the classes", "received 3 in row 1", call => NllPrimitives.Backward(2, 3, (int[])[0, 3], call.Output(6)), Labels),
        Range(NllBackward, "a label below 0", "received -7 in row 0", call => NllPrimitives.Backward(2, 3, (int[])[-7, 0], call.Output(6)), Labels),
        Argument(NllBackward, "gradient one too short", "gradLogProbabilities expects 6 elements, received 5", call => NllPrimitives.Backward(2, 3, (int[])[0, 1], call.Output(5)), ShortBuffer),
        Argument(NllBackward, "weights of other classes", "classWeights expects 3 elements or none, received 1", call => NllPrimitives.Backward(2, 3, (int[])[0, 1], call.Output(6), new float[1]), Labels),
        Range(NllBackward, "no classes", "classes expects at least 1", call => NllPrimitives.Backward(2, 0, ReadOnlySpan<float>.Empty, call.Output(1)), ZeroDivisor),
    ];

    private static HostileRow[] Elements(string type, ElementLossCase test) =>
    [
        Argument($"{type}.Forward", "nothing", "prediction expects at least 1 element, received 0", _ => test.Forward([], []), ZeroDivisor),
        Argument($"{type}.Forward", "a target of another length", "target expects 2 elements, received 3", _ => test.Forward(new float[2], new float[3]), ShortBuffer),
        Defined($"{type}.Forward", "a target of NaN", "the loss is NaN, and no exception", _ => Assert.True(float.IsNaN(test.Forward([0.5f, 0.5f], [float.NaN, 1]))), NotFinite),
        Argument($"{type}.Backward", "nothing", "prediction expects at least 1 element, received 0", call => test.Backward([], [], call.Output(1)), ZeroDivisor),
        Argument($"{type}.Backward", "a target of another length", "target expects 2 elements, received 1", call => test.Backward(new float[2], new float[1], call.Output(2)), ShortBuffer),
        Argument($"{type}.Backward", "gradient one too long", "gradPrediction expects 2 elements, received 3", call => test.Backward(new float[2], new float[2], call.Output(3)), ShortBuffer),
        Argument($"{type}.Backward", "gradient in a part of the target's memory", "gradPrediction expects the memory of target or memory of its own", call => SharedTarget(test, call.Output(3)), Overlap),
    ];

    private static void SharedLogits(float[] memory) => CrossEntropyPrimitives.Forward(2, 3, memory, (int[])[0, 1], memory);

    private static void AssertDifference()
    {
        float[] gradient = new float[1];
        BcePrimitives.BackwardThroughSigmoid([-0.5f], [1], gradient);
        Assert.Equal([-1.5f], gradient);
    }

    private static void SharedTarget(ElementLossCase test, float[] memory) => test.Backward(new float[2], memory.AsSpan(0, 2), memory.AsSpan(1));
}

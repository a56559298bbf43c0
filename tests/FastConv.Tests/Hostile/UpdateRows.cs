using FastConv.Primitives;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Steps of optimisers over spans that do not fit, and numbers that no step may take.</summary>
internal static class UpdateRows
{
    private const string Sgd = "SgdPrimitives.Step";
    private const string Adam = "AdamPrimitives.Step";
    private const string AdaGrad = "AdaGradPrimitives.Step";
    private const string RmsProp = "RmsPropPrimitives.Step";

    public static HostileRow[] All =>
    [
        Argument(Sgd, "gradient one too short", "gradient expects 4 elements, received 3", call => SgdPrimitives.Step(call.Output(4), new float[3], [], new SgdOptions(), 1), ShortBuffer),
        Argument(Sgd, "no velocity for a momentum", "velocity expects 4 elements, received 0", call => SgdPrimitives.Step(call.Output(4), new float[4], [], new SgdOptions { Momentum = 0.9 }, 1), ShortBuffer),
        Argument(Sgd, "a velocity without momentum", "velocity expects 0 elements, received 4", call => SgdPrimitives.Step(call.Output(4), new float[4], call.Output(4), new SgdOptions(), 1), ShortBuffer),
        Argument(Sgd, "value and gradient in one memory", "gradient expects memory of its own", call => SharedSgd(call.Output(4)), Overlap),
        Range(Sgd, "step 0", "step expects 1 for the first step, received 0", call => SgdPrimitives.Step(call.Output(4), new float[4], [], new SgdOptions(), 0), ZeroDivisor),
        Argument(Sgd, "Nesterov without momentum", "Nesterov", call => SgdPrimitives.Step(call.Output(4), new float[4], [], new SgdOptions { Nesterov = true }, 1), Negative),
        Defined(Sgd, "options that were never set", "a learning rate of 0: nothing moves", _ => AssertDefaultOptionsStand(), NotFinite),
        Argument(Adam, "average one too short", "average expects 4 elements, received 3", call => AdamPrimitives.Step(call.Output(4), new float[4], call.Output(3), call.Output(4), new AdamOptions(), 1), ShortBuffer),
        Argument(Adam, "averages in one memory", "squareAverage expects memory of its own", call => SharedAdam(call.Output(4), call.Output(4)), Overlap),
        Range(Adam, "a negative step", "step expects 1 for the first step, received -1", call => AdamPrimitives.Step(call.Output(4), new float[4], call.Output(4), call.Output(4), new AdamOptions(), -1), Negative),
        Defined(Adam, "step long.MaxValue", "a finite step", _ => AssertLastStep(), Overflow),
        Argument(AdaGrad, "squareSum one too long", "squareSum expects 4 elements, received 5", call => AdaGradPrimitives.Step(call.Output(4), new float[4], call.Output(5), new AdaGradOptions(), 1), ShortBuffer),
        Range(AdaGrad, "step 0", "step expects 1 for the first step, received 0", call => AdaGradPrimitives.Step(call.Output(4), new float[4], call.Output(4), new AdaGradOptions(), 0), ZeroDivisor),
        Argument(RmsProp, "no average of gradients where it is centred", "gradientAverage expects 4 elements, received 0", call => RmsPropPrimitives.Step(call.Output(4), new float[4], call.Output(4), [], [], new RmsPropOptions { Centered = true }), ShortBuffer),
        Argument(RmsProp, "squares in the memory of the gradient", "squareAverage expects memory of its own", call => SharedRmsProp(call.Output(4), call.Output(4)), Overlap),
        .. Numbers("SgdOptions", ("LearningRate", value => _ = new SgdOptions { LearningRate = value }), ("Momentum", value => _ = new SgdOptions { Momentum = value }), ("Dampening", value => _ = new SgdOptions { Dampening = value }), ("WeightDecay", value => _ = new SgdOptions { WeightDecay = value })),
        .. Numbers("AdamOptions", ("LearningRate", value => _ = new AdamOptions { LearningRate = value }), ("Beta1", value => _ = new AdamOptions { Beta1 = value }), ("Beta2", value => _ = new AdamOptions { Beta2 = value }), ("Epsilon", value => _ = new AdamOptions { Epsilon = value }), ("WeightDecay", value => _ = new AdamOptions { WeightDecay = value })),
        .. Numbers("AdaGradOptions", ("LearningRate", value => _ = new AdaGradOptions { LearningRate = value }), ("LearningRateDecay", value => _ = new AdaGradOptions { LearningRateDecay = value }), ("WeightDecay", value => _ = new AdaGradOptions { WeightDecay = value }), ("Epsilon", value => _ = new AdaGradOptions { Epsilon = value })),
        .. Numbers("RmsPropOptions", ("LearningRate", value => _ = new RmsPropOptions { LearningRate = value }), ("Alpha", value => _ = new RmsPropOptions { Alpha = value }), ("Epsilon", value => _ = new RmsPropOptions { Epsilon = value }), ("WeightDecay", value => _ = new RmsPropOptions { WeightDecay = value }), ("Momentum", value => _ = new RmsPropOptions { Momentum = value })),
    ];

    private static IEnumerable<HostileRow> Numbers(string type, params (string Name, Action<double> Set)[] properties) =>
        from property in properties
        from value in (double[])[double.NaN, -1, double.PositiveInfinity]
        select Range($"{type}.{property.Name}", FormattableString.Invariant($"{value}"), $"{property.Name} expects", _ => property.Set(value), double.IsFinite(value) ? Negative : NotFinite);

    private static void SharedSgd(float[] memory) => SgdPrimitives.Step(memory, memory, [], new SgdOptions(), 1);

    private static void SharedAdam(float[] value, float[] memory) => AdamPrimitives.Step(value, new float[4], memory, memory, new AdamOptions(), 1);

    private static void SharedRmsProp(float[] value, float[] memory) => RmsPropPrimitives.Step(value, memory, memory, [], [], new RmsPropOptions());

    private static void AssertDefaultOptionsStand()
    {
        float[] value = [1, 2];
        SgdPrimitives.Step(value, [3, 4], [], default, 1);
        Assert.Equal([1, 2], value);
    }

    private static void AssertLastStep()
    {
        float[] value = [1];
        AdamPrimitives.Step(value, [1], new float[1], new float[1], new AdamOptions(), long.MaxValue);
        Assert.True(float.IsFinite(value[0]));
    }
}

using FastConv.Primitives;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>Steps of the optimisers.</summary>
internal static class GuardedUpdates
{
    public static void Sgd(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        memory.Begin($"SGD and AdaGrad over {length}");
        SgdPrimitives.Step(memory.Values(length), memory.Values(length), [], new SgdOptions(), 1);
        SgdPrimitives.Step(memory.Values(length), memory.Values(length), memory.Values(length), new SgdOptions { Momentum = 0.9, Nesterov = true }, 2);
        AdaGradPrimitives.Step(memory.Values(length), memory.Values(length), memory.Values(length, 0, 1), new AdaGradOptions(), 1);
    }

    public static void Adam(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        foreach (bool isDecoupled in (bool[])[false, true])
        {
            memory.Begin($"Adam over {length}, decoupled {isDecoupled}");
            AdamPrimitives.Step(
                memory.Values(length), memory.Values(length), memory.Values(length), memory.Values(length, 0, 1), new AdamOptions { WeightDecay = 0.1, DecoupledWeightDecay = isDecoupled }, 3);
        }
    }

    public static void RmsProp(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        memory.Begin($"RMSProp over {length}");
        RmsPropPrimitives.Step(memory.Values(length), memory.Values(length), memory.Values(length, 0, 1), [], [], new RmsPropOptions());
        RmsPropPrimitives.Step(
            memory.Values(length), memory.Values(length), memory.Values(length, 0, 1), memory.Values(length), memory.Values(length), new RmsPropOptions { Momentum = 0.9, Centered = true });
    }

    private static int Length(RandomSource random) => random.NextInt(random.NextInt(8) == 0 ? 50_000 : 300);
}

using FastConv.Primitives;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>Matrix products, dense and with space between rows, and linear layers.</summary>
internal static class GuardedProducts
{
    public static void Gemm(GuardedMemory memory, RandomSource random)
    {
        (int m, int n, int k) = (Size(random), Size(random), Size(random));
        for (int storage = 0; storage < 8; storage++)
        {
            (bool transposeA, bool transposeB, bool accumulate) = ((storage & 1) != 0, (storage & 2) != 0, (storage & 4) != 0);
            memory.Begin($"gemm {m} x {n} x {k}, transposed {transposeA} {transposeB}, accumulate {accumulate}");
            GemmPrimitives.Multiply(m, n, k, memory.Values(m * k), transposeA, memory.Values(k * n), transposeB, memory.Values(m * n), accumulate);
        }
    }

    public static void SpreadGemm(GuardedMemory memory, RandomSource random)
    {
        (int m, int n, int k, int space) = (Size(random), Size(random), Size(random), 1 + random.NextInt(5));
        memory.Begin($"gemm {m} x {n} x {k}, {space} elements between rows");
        GemmPrimitives.Multiply(
            m, n, k, memory.Values((m - 1) * (k + space) + k), k + space, false, memory.Values((k - 1) * (n + space) + n), n + space, false, memory.Values((m - 1) * (n + space) + n), n + space);
    }

    public static void Linear(GuardedMemory memory, RandomSource random)
    {
        (int batch, int inputs, int outputs) = (Size(random), Size(random), Size(random));
        int bias = random.NextInt(2) * outputs;
        memory.Begin($"linear {batch} x {inputs} -> {outputs}, bias {bias}");
        LinearPrimitives.Forward(
            batch, inputs, outputs, memory.Values(batch * inputs), memory.Values(outputs * inputs), memory.Values(bias), memory.Room(batch * outputs), random.NextInt(2) == 0 ? Activation.None : Activation.ReLU);
        LinearPrimitives.BackwardInput(batch, inputs, outputs, memory.Values(batch * outputs), memory.Values(outputs * inputs), memory.Room(batch * inputs));
        LinearPrimitives.BackwardWeight(batch, inputs, outputs, memory.Values(batch * inputs), memory.Values(batch * outputs), memory.Values(outputs * inputs), memory.Values(bias));
    }

    // Small ones, and now and then one that is packed and cut.
    private static int Size(RandomSource random) => 1 + random.NextInt(random.NextInt(4) == 0 ? 200 : 40);
}

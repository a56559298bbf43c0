using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Benchmarks;

/// <summary>Seeded operands in aligned memory, as models have them.</summary>
internal static class RandomValues
{
    public static Tensor Create(int length, int seed)
    {
        var tensor = new Tensor(length);
        Initializers.Normal(tensor, new RandomSource(seed));
        return tensor;
    }
}

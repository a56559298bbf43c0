using FastConv.Primitives;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>What goes element by element: activations, sums, dropout, concatenation.</summary>
internal static class GuardedElements
{
    private delegate void Forward(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    private static readonly (string Name, Forward Forward, Backward Backward)[] All =
    [
        ("ReLU", ReLUPrimitives.Forward, ReLUPrimitives.Backward),
        ("leaky ReLU", (x, y) => LeakyReLUPrimitives.Forward(x, 0.1f, y), (x, g, d) => LeakyReLUPrimitives.Backward(x, g, 0.1f, d)),
        ("sigmoid", SigmoidPrimitives.Forward, SigmoidPrimitives.Backward),
        ("tanh", TanhPrimitives.Forward, TanhPrimitives.Backward),
        ("SiLU", SiLUPrimitives.Forward, SiLUPrimitives.Backward),
        ("hard sigmoid", HardSigmoidPrimitives.Forward, HardSigmoidPrimitives.Backward),
        ("hard swish", HardSwishPrimitives.Forward, HardSwishPrimitives.Backward),
        ("sum", (x, y) => AddPrimitives.Add(x, x, y), AddPrimitives.Add),
    ];

    public static void Activations(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        foreach ((string name, Forward forward, Backward backward) in All)
        {
            memory.Begin($"{name} of {length}");
            forward(memory.Values(length, -4, 4), memory.Room(length));
            backward(memory.Values(length, -4, 4), memory.Values(length), memory.Room(length));
        }
    }

    public static void Gelu(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        foreach (GELUApproximation approximation in Enum.GetValues<GELUApproximation>())
        {
            memory.Begin($"GELU {approximation} of {length}");
            GELUPrimitives.Forward(memory.Values(length, -4, 4), memory.Room(length), approximation);
            GELUPrimitives.Backward(memory.Values(length, -4, 4), memory.Values(length), memory.Room(length), approximation);
        }
    }

    public static void Dropout(GuardedMemory memory, RandomSource random)
    {
        int length = Length(random);
        memory.Begin($"dropout of {length}");
        Span<byte> kept = memory.Bytes(length);
        DropoutPrimitives.Forward(memory.Values(length), 0.3f, 1, 2, memory.Room(length), kept);
        DropoutPrimitives.Forward(memory.Values(length), 0.3f, 1, 2, memory.Room(length));
        DropoutPrimitives.Backward(memory.Values(length), kept, 0.3f, memory.Room(length));
        DropoutPrimitives.Backward(memory.Values(length), 0.3f, 1, 2, memory.Room(length));
    }

    public static void Concat(GuardedMemory memory, RandomSource random)
    {
        (int batch, int part, int before, int after) = (1 + random.NextInt(5), 1 + random.NextInt(90), random.NextInt(20), random.NextInt(20));
        memory.Begin($"concatenation of {batch} rows of {part} at {before}, {after} after it");
        int whole = before + part + after;
        ConcatPrimitives.CopyIn(batch, memory.Values(batch * part), part, memory.Values(batch * whole), whole, before);
        ConcatPrimitives.CopyOut(batch, memory.Values(batch * whole), whole, before, memory.Room(batch * part), part);
    }

    private static int Length(RandomSource random) => random.NextInt(random.NextInt(8) == 0 ? 100_000 : 300);
}

using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Guarded;

/// <summary>Pools, whose windows have bodies of their own for 2 x 2 and 3 x 3.</summary>
internal static class GuardedPools
{
    public static void Max(GuardedMemory memory, RandomSource random)
    {
        Pool2dShape shape = Shape(random, isDilated: true);
        memory.Begin($"max pool {shape}");
        Span<byte> argmax = memory.Bytes(shape.ArgmaxLength);
        MaxPool2dPrimitives.Forward(shape, memory.Values(shape.InputShape.Length), memory.Room(shape.OutputShape.Length), argmax);
        MaxPool2dPrimitives.Forward(shape, memory.Values(shape.InputShape.Length), memory.Room(shape.OutputShape.Length));
        MaxPool2dPrimitives.Backward(shape, memory.Values(shape.OutputShape.Length), argmax, memory.Room(shape.InputShape.Length));
    }

    public static void Average(GuardedMemory memory, RandomSource random)
    {
        Pool2dShape shape = Shape(random, isDilated: false);
        bool countsPadding = random.NextInt(2) == 0;
        memory.Begin($"average pool {shape}, counts padding {countsPadding}");
        AvgPool2dPrimitives.Forward(shape, memory.Values(shape.InputShape.Length), memory.Room(shape.OutputShape.Length), countsPadding);
        AvgPool2dPrimitives.Backward(shape, memory.Values(shape.OutputShape.Length), memory.Room(shape.InputShape.Length), countsPadding);
    }

    public static void Global(GuardedMemory memory, RandomSource random)
    {
        (int planes, int plane) = (1 + random.NextInt(40), 1 + random.NextInt(300));
        memory.Begin($"global average of {planes} planes of {plane}");
        GlobalAvgPool2dPrimitives.Forward(planes, plane, memory.Values(planes * plane), memory.Room(planes));
        GlobalAvgPool2dPrimitives.Backward(planes, plane, memory.Values(planes), memory.Room(planes * plane));
    }

    private static Pool2dShape Shape(RandomSource random, bool isDilated) => random.NextInt(2) == 0
        ? PoolCases.Random(random.NextInt(int.MaxValue), 1, isDilated).Single()
        : Pool2dShape.Create(1, 1 + random.NextInt(3), 3 + random.NextInt(9), 3 + random.NextInt(60), 2 + random.NextInt(2), 2, random.NextInt(2));
}

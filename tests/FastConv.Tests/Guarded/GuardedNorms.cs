using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Tests.Guarded;

/// <summary>Batch normalisation in both modes, its folding into weights, and softmax.</summary>
internal static class GuardedNorms
{
    private const float Epsilon = 1e-5f;

    public static void Training(GuardedMemory memory, RandomSource random)
    {
        BatchNormShape shape = Shape(random);
        (int length, int channels) = (shape.InputShape.Length, shape.Channels);
        Activation activation = random.NextInt(2) == 0 ? Activation.None : Activation.ReLU;
        memory.Begin($"batch norm, training, {shape} {activation}");
        ReadOnlySpan<float> weight = memory.Values(channels);
        Span<float> output = memory.Room(length);
        Span<float> mean = memory.Room(channels);
        Span<float> inverse = memory.Room(channels);
        ReadOnlySpan<float> input = memory.Values(length);
        BatchNormPrimitives.ForwardTraining(
            shape, input, weight, memory.Values(channels), memory.Values(channels), memory.Values(channels, 0.5f, 1), 0.1f, Epsilon, output, mean, inverse, activation);
        BatchNormPrimitives.BackwardTraining(
            shape, input, output, memory.Values(length), weight, mean, inverse, activation, memory.Room(length), memory.Values(channels), memory.Values(channels));
    }

    public static void Inference(GuardedMemory memory, RandomSource random)
    {
        BatchNormShape shape = Shape(random);
        (int length, int channels) = (shape.InputShape.Length, shape.Channels);
        memory.Begin($"batch norm, evaluation, {shape}");
        ReadOnlySpan<float> weight = memory.Values(channels);
        ReadOnlySpan<float> mean = memory.Values(channels);
        ReadOnlySpan<float> variance = memory.Values(channels, 0.5f, 1);
        ReadOnlySpan<float> input = memory.Values(length);
        BatchNormPrimitives.ForwardInference(shape, input, weight, memory.Values(channels), mean, variance, Epsilon, memory.Room(length));
        BatchNormPrimitives.BackwardInference(
            shape, input, memory.Values(length), weight, mean, variance, Epsilon, memory.Room(length), memory.Values(channels), memory.Values(channels));
        memory.Begin($"batch norm, folded, {channels} channels");
        int row = 1 + random.NextInt(40);
        BatchNormPrimitives.Fold(
            channels, memory.Values(channels * row), memory.Values(channels), memory.Values(channels), memory.Values(channels), memory.Values(channels), memory.Values(channels, 0.5f, 1), Epsilon,
            memory.Room(channels * row), memory.Room(channels));
    }

    public static void Softmax(GuardedMemory memory, RandomSource random)
    {
        (int rows, int columns) = (1 + random.NextInt(20), 1 + random.NextInt(70));
        memory.Begin($"softmax {rows} x {columns}");
        Span<float> y = memory.Room(rows * columns);
        SoftmaxPrimitives.Forward(rows, columns, memory.Values(rows * columns), y);
        SoftmaxPrimitives.Backward(rows, columns, y, memory.Values(rows * columns), memory.Room(rows * columns));
        LogSoftmaxPrimitives.Forward(rows, columns, memory.Values(rows * columns), y);
        LogSoftmaxPrimitives.Backward(rows, columns, y, memory.Values(rows * columns), memory.Room(rows * columns));
    }

    // Planes of one value up to many, few channels and many: each is summed in another way.
    private static BatchNormShape Shape(RandomSource random) =>
        BatchNormShape.Create(2 + random.NextInt(8), 1 + random.NextInt(40), random.NextInt(3) == 0 ? 1 : 1 + random.NextInt(90));
}

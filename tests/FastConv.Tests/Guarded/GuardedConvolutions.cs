using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Guarded;

/// <summary>The three passes of every algorithm, and windows laid out.</summary>
internal static class GuardedConvolutions
{
    public static void Any(GuardedMemory memory, RandomSource random) => Passes(memory, random, ConvCases.RandomShape(random));

    /// <summary>Channels enough for vectors and Winograd's tiles.</summary>
    public static void Wide(GuardedMemory memory, RandomSource random) => Passes(memory, random, Conv2dShape.Create(
        1 + random.NextInt(2), 16 + random.NextInt(20), 3 + random.NextInt(14), 3 + random.NextInt(14), 16 + random.NextInt(20), random.NextInt(4) == 0 ? 1 : 3, padding: random.NextInt(3)));

    public static void Depthwise(GuardedMemory memory, RandomSource random)
    {
        int channels = 1 + random.NextInt(20);
        Passes(memory, random, Conv2dShape.Create(
            1 + random.NextInt(2), channels, 5 + random.NextInt(12), 5 + random.NextInt(60), channels * (1 + random.NextInt(2)), random.NextInt(3) == 0 ? 5 : 3, 1 + random.NextInt(2), random.NextInt(3), groups: channels));
    }

    /// <summary>Strides whose last window ends with the image, in rows of whole vectors: what is passed over behind it lies on the next page.</summary>
    public static void Strided(GuardedMemory memory, RandomSource random)
    {
        int stride = 2 + random.NextInt(3);
        int kernel = 1 + random.NextInt(stride);
        int SizeOf(int windows) => (windows - 1) * stride + kernel;
        Passes(memory, random, Conv2dShape.Create(
            1 + random.NextInt(2), 1 + random.NextInt(3), SizeOf(1 + random.NextInt(3)), SizeOf(16 * (1 + random.NextInt(2))), 1 + random.NextInt(4), kernel, stride));
    }

    public static void Columns(GuardedMemory memory, RandomSource random)
    {
        Conv2dShape shape = ConvCases.RandomShape(random);
        memory.Begin($"im2col {shape}");
        Span<float> columns = memory.Room(Im2ColPrimitives.ColumnsLength(shape));
        Im2ColPrimitives.Im2Col(shape, memory.Values(shape.InputShape.Length), columns);
        Im2ColPrimitives.Col2Im(shape, columns, memory.Room(shape.InputShape.Length));
    }

    private static void Passes(GuardedMemory memory, RandomSource random, Conv2dShape shape)
    {
        Activation activation = random.NextInt(2) == 0 ? Activation.None : Activation.ReLU;
        bool hasBias = random.NextInt(2) == 0;
        foreach (ConvolutionAlgorithm algorithm in Enum.GetValues<ConvolutionAlgorithm>())
        {
            var options = new ConvolutionOptions { Algorithm = algorithm, Activation = activation };
            foreach (ConvolutionPass pass in Enum.GetValues<ConvolutionPass>())
            {
                memory.Begin($"convolution {algorithm} {pass} bias {hasBias} {activation} {shape}");
                try
                {
                    Run(memory, shape, pass, hasBias, options);
                }
                catch (ArgumentException error) when (error.Message.Contains("cannot do", StringComparison.Ordinal))
                {
                    // What an algorithm refuses is another test's subject.
                }
            }
        }
    }

    private static void Run(GuardedMemory memory, Conv2dShape shape, ConvolutionPass pass, bool hasBias, ConvolutionOptions options)
    {
        int bias = hasBias ? shape.OutChannels : 0;
        switch (pass)
        {
            case ConvolutionPass.Forward:
                Conv2dPrimitives.Forward(shape, memory.Values(shape.InputShape.Length), memory.Values(shape.WeightShape.Length), memory.Values(bias), memory.Room(shape.OutputShape.Length), options);
                break;
            case ConvolutionPass.BackwardInput:
                Conv2dPrimitives.BackwardInput(shape, memory.Values(shape.OutputShape.Length), memory.Values(shape.WeightShape.Length), memory.Room(shape.InputShape.Length), options);
                break;
            default:
                Conv2dPrimitives.BackwardWeight(
                    shape, memory.Values(shape.InputShape.Length), memory.Values(shape.OutputShape.Length), memory.Values(shape.WeightShape.Length), memory.Values(bias), options);
                break;
        }
    }
}

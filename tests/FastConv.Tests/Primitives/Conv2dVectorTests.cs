using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>Not a bit of a convolution depends on the width of the vectors, as long as they have FMA; nor on the threads.</summary>
[Collection(ThreadCases.Collection)]
public sealed class Conv2dVectorTests
{
    private const int Shapes = 120;

    public static TheoryData<ConvolutionAlgorithm> Algorithms => 
        
    [
        ConvolutionAlgorithm.Auto,
        ConvolutionAlgorithm.ImplicitGemm,
        ConvolutionAlgorithm.Winograd4x4,
        ConvolutionAlgorithm.Winograd2x2,
        ConvolutionAlgorithm.Winograd5x5,
    ];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void RandomShapes_HaveTheSameBitsOverAllVectorsAndThreads(ConvolutionAlgorithm algorithm)
    {
        // Without FMA there is one width in force, and nothing to compare it with.
        int[] widths = SimdDispatch.HasFusedMultiplyAdd ? [16, 8, 4] : [SimdDispatch.LargestLanes];
        var random = new Random(20);
        for (int number = 0; number < Shapes; number++)
        {
            var test = new ConvCase($"random {number}", RandomShape(random, algorithm));
            float[] expected = ConvPasses.All(test, Options(1));
            foreach (int lanes in widths)
            {
                foreach (int threads in (int[])[1, 2, 3, 4, 8])
                {
                    TestTensors.AssertSameBits(expected, WithLanes(lanes, () => ConvPasses.All(test, Options(threads))), $"{lanes} lanes, {threads} threads, {test}");
                }
            }
        }

        ConvolutionOptions Options(int threads) => new() { Algorithm = algorithm, MaxThreads = threads, Activation = Activation.ReLU };
    }

    /// <summary>The test above compares what it says: the limit decides which vector runs.</summary>
    [Fact]
    public void LargestLanes_LimitTheVector()
    {
        foreach (int lanes in SimdDispatch.HasFusedMultiplyAdd ? (int[])[16, 8, 4] : [SimdDispatch.LargestLanes])
        {
            Assert.Equal(Math.Min(lanes, SimdDispatch.Lanes), WithLanes(lanes, LanesThatRun));
        }
    }

    private static int LanesThatRun()
    {
        var recorder = default(LaneRecorder);
        SimdDispatch.Run(ref recorder);
        return recorder.Lanes;
    }

    private static T WithLanes<T>(int lanes, Func<T> run)
    {
        int before = SimdDispatch.LargestLanes;
        try
        {
            SimdDispatch.LargestLanes = lanes;
            return run();
        }
        finally
        {
            SimdDispatch.LargestLanes = before;
        }
    }

    // Small enough to be many, large enough for blocks of channels, several ranges of pixels and threads.
    private static Conv2dShape RandomShape(Random random, ConvolutionAlgorithm algorithm) => algorithm switch
    {
        ConvolutionAlgorithm.Winograd4x4 or ConvolutionAlgorithm.Winograd2x2 => RandomShape(random, taps: 3),
        ConvolutionAlgorithm.Winograd5x5 => RandomShape(random, taps: 5),
        _ => RandomShape(random),
    };

    // Dense, as Winograd takes them.
    private static Conv2dShape RandomShape(Random random, int taps) => Conv2dShape.Create(
        random.Next(1, 5),
        random.Next(1, 70),
        taps + random.Next(20),
        taps + random.Next(20),
        random.Next(1, 70),
        taps,
        padding: Padding.Sides(random.Next(taps), random.Next(taps), random.Next(taps), random.Next(taps)));

    private static Conv2dShape RandomShape(Random random)
    {
        int groups = random.Next(4) == 0 ? random.Next(1, 5) : 1;
        (int kernelHeight, int kernelWidth) = (random.Next(1, 6), random.Next(1, 6));
        (int dilationHeight, int dilationWidth) = (random.Next(1, 3), random.Next(1, 3));
        int height = (kernelHeight - 1) * dilationHeight + random.Next(1, 24);
        int width = (kernelWidth - 1) * dilationWidth + random.Next(1, 40);
        return Conv2dShape.Create(
            random.Next(1, 5),
            groups * random.Next(1, 40),
            height,
            width,
            groups * random.Next(1, 40),
            (kernelHeight, kernelWidth),
            (random.Next(1, 4), random.Next(1, 4)),
            Padding.Sides(random.Next(3), random.Next(3), random.Next(3), random.Next(3)),
            (dilationHeight, dilationWidth),
            groups);
    }

    private struct LaneRecorder : ISimdOperation
    {
        public int Lanes { get; private set; }

        public void Invoke<V>()
            where V : struct, IVector<V> => Lanes = V.Count;
    }
}

using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>What convolution owes the process: the same bits on any number of threads, every buffer returned, nothing allocated when warm.</summary>
[Collection(ThreadCases.Collection)]
public sealed class Conv2dThreadsTests
{
    public static TheoryData<string, ConvolutionAlgorithm> Cases
    {
        get
        {
            var cases = new TheoryData<string, ConvolutionAlgorithm>();
            foreach (string name in (IEnumerable<string>)ConvCases.Parallel)
            {
                foreach (ConvolutionAlgorithm algorithm in Enum.GetValues<ConvolutionAlgorithm>())
                {
                    cases.Add(name, algorithm);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_HaveTheSameBitsOnAnyThreads(string name, ConvolutionAlgorithm algorithm)
    {
        ConvCase test = ConvCases.Get(name);
        var options = new ConvolutionOptions { Algorithm = algorithm };
        ThreadCases.AssertSameBitsOnAnyThreads(() => ConvPasses.All(test, options));
    }

    [Theory]
    [MemberData(nameof(ConvCases.Parallel), MemberType = typeof(ConvCases))]
    public void ThreadLimitOfACall_ChangesNoBits(string name)
    {
        ConvCase test = ConvCases.Get(name);
        float[] expected = ConvPasses.All(test, new ConvolutionOptions { MaxThreads = 1 });
        foreach (int threads in (int[])[2, 3, 5, 16])
        {
            TestTensors.AssertSameBits(expected, ConvPasses.All(test, new ConvolutionOptions { MaxThreads = threads }), $"{threads} threads, {test}");
        }
    }

    [Theory]
    [InlineData("parallel items", ConvolutionAlgorithm.Auto)]
    [InlineData("parallel products", ConvolutionAlgorithm.Auto)]
    [InlineData("parallel depthwise", ConvolutionAlgorithm.Auto)]
    [InlineData("depthwise multiplier 2", ConvolutionAlgorithm.Auto)]
    [InlineData("depthwise same stride 2", ConvolutionAlgorithm.Auto)]
    [InlineData("batch 9", ConvolutionAlgorithm.Auto)]
    [InlineData("groups 1x1", ConvolutionAlgorithm.Im2ColGemm)]
    [InlineData("groups 2", ConvolutionAlgorithm.Direct)]
    [InlineData("parallel depthwise", ConvolutionAlgorithm.Direct)]
    public void WarmStep_AllocatesNothing(string name, ConvolutionAlgorithm algorithm)
    {
        ConvCase test = ConvCases.Get(name);
        var options = new ConvolutionOptions { Algorithm = algorithm };
        var output = new float[test.GradOutput.Length];
        var gradInput = new float[test.Input.Length];
        var gradWeight = new float[test.Weight.Length];
        var gradBias = new float[test.Bias.Length];
        AllocationCases.AssertWarmCallAllocatesNothing(() =>
        {
            Conv2dPrimitives.Forward(test.Shape, test.Input, test.Weight, test.Bias, output, options);
            Conv2dPrimitives.BackwardInput(test.Shape, test.GradOutput, test.Weight, gradInput, options);
            Conv2dPrimitives.BackwardWeight(test.Shape, test.Input, test.GradOutput, gradWeight, gradBias, options);
        });
    }

    [Fact]
    public void ConcurrentCallers_GetWhatOneGets()
    {
        ConvCase test = ConvCases.Get("parallel items");
        float[] expected = ConvPasses.All(test, ConvolutionOptions.Default);
        int wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (int repetition = 0; repetition < 4; repetition++)
            {
                if (!expected.AsSpan().SequenceEqual(ConvPasses.All(test, ConvolutionOptions.Default)))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void PrecisionOfTheProcess_HoldsWhereACallNamesNone()
    {
        var shape = Conv2dShape.Create(2, 16, 9, 9, 16, 3, padding: 1);
        var named = new ConvolutionOptions { Precision = ConvolutionPrecision.Default };
        try
        {
            ConvolutionOptions.ProcessPrecision = ConvolutionPrecision.Strict;
            Assert.True(ConvolutionPlan.Choose("test", shape, ConvolutionPass.Forward, ConvolutionOptions.Default).IsStrict);
            Assert.False(ConvolutionPlan.Choose("test", shape, ConvolutionPass.Forward, named).IsStrict);
        }
        finally
        {
            ConvolutionOptions.ProcessPrecision = ConvolutionPrecision.Default;
        }

        Assert.False(ConvolutionPlan.Choose("test", shape, ConvolutionPass.Forward, ConvolutionOptions.Default).IsStrict);
    }
}

using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>Products on any number of threads: the same bits, every buffer returned, nothing allocated when warm.</summary>
[Collection(ThreadCases.Collection)]
public sealed class GemmThreadsTests
{
    [Fact]
    public void Results_HaveTheSameBitsOnAnyThreads()
    {
        foreach (GemmCase sizes in GemmCase.Parallel())
        {
            float[] a = TestTensors.Random(1, sizes.LengthA);
            float[] b = TestTensors.Random(2, sizes.LengthB);
            ThreadCases.AssertSameBitsOnAnyThreads(() =>
            {
                float[] c = TestTensors.Random(3, sizes.LengthC);
                GemmPrimitives.Multiply(sizes.M, sizes.N, sizes.K, a, sizes.TransposeA, b, sizes.TransposeB, c, sizes.Accumulate);
                return c;
            });
        }
    }

    [Fact]
    public void WarmCall_AllocatesNothing()
    {
        foreach (GemmCase sizes in GemmCase.Parallel())
        {
            float[] a = TestTensors.Random(1, sizes.LengthA);
            float[] b = TestTensors.Random(2, sizes.LengthB);
            var c = new float[sizes.LengthC];
            AllocationCases.AssertWarmCallAllocatesNothing(
                () => GemmPrimitives.Multiply(sizes.M, sizes.N, sizes.K, a, sizes.TransposeA, b, sizes.TransposeB, c));
        }
    }

    [Fact]
    public void LinearPasses_HaveTheSameBitsOnAnyThreads_AndAllocateNothingWhenWarm()
    {
        const int Batch = 65;
        const int In = 130;
        const int Out = 77;
        float[] input = TestTensors.Random(1, Batch * In);
        float[] weight = TestTensors.Random(2, Out * In);
        float[] bias = TestTensors.Random(3, Out);
        float[] gradOutput = TestTensors.Random(4, Batch * Out);
        var (output, gradInput) = (new float[Batch * Out], new float[Batch * In]);
        var (gradWeight, gradBias) = (new float[Out * In], new float[Out]);
        Action step = () =>
        {
            LinearPrimitives.Forward(Batch, In, Out, input, weight, bias, output);
            LinearPrimitives.BackwardInput(Batch, In, Out, gradOutput, weight, gradInput);
            LinearPrimitives.BackwardWeight(Batch, In, Out, input, gradOutput, gradWeight, gradBias);
        };
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            gradWeight.AsSpan().Clear();
            gradBias.AsSpan().Clear();
            step();
            return [.. output, .. gradInput, .. gradWeight, .. gradBias];
        });
        AllocationCases.AssertWarmCallAllocatesNothing(step);
    }
}

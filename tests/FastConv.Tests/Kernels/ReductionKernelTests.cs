using FastConv.Kernels.Reductions;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Kernels;

public sealed unsafe class ReductionKernelTests
{
    [Fact]
    public void A_run_is_summed_at_every_length_and_across_chunks()
    {
        foreach (int length in TestTensors.VectorLengths.Append(4095).Append(4096).Append(4097).Append(10_000).Where(length => length > 0))
        {
            float[] x = TestTensors.Random(length, length, 0, 1);
            float[] y = TestTensors.Random(length + 1, length);
            fixed (float* pointerX = x, pointerY = y)
            {
                Assert.Equal(x.Sum(value => (double)value), ReductionKernel.Run<SumReduction>(pointerX, pointerX, length, 0).First, length * 1e-7);
                double dot = x.Zip(y, (left, right) => (double)left * right).Sum();
                Assert.Equal(dot, ReductionKernel.Run<DotReduction>(pointerX, pointerY, length, 0).First, length * 1e-7);
            }
        }
    }

    [Theory]
    [InlineData(5, 7, 3)]
    [InlineData(3, 40, 33)]
    [InlineData(600, 17, 17)]
    [InlineData(2, 5000, 4100)]
    public void Runs_skip_what_lies_between_them(int runs, int stride, int length)
    {
        float[] x = TestTensors.NaNs(runs * stride);
        double expected = 0;
        for (int run = 0; run < runs; run++)
        {
            float[] values = TestTensors.Random(run, length);
            values.CopyTo(x, run * stride);
            expected += values.Sum(value => (double)value);
        }

        fixed (float* pointer = x)
        {
            Assert.Equal(expected, ReductionKernel.Runs<SumReduction>(pointer, pointer, runs, stride, length, 0).First, 1e-4);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 37)]
    [InlineData(2, 4100)]
    [InlineData(300, 20)]
    public void The_bits_are_those_of_sixteen_lanes_on_every_CPU(int runs, int length)
    {
        const float Pivot = 0.25f;
        float[] x = TestTensors.Random(1, runs * length);
        double[] sums = new double[2];
        float[] deviations = new float[16];
        float[] squares = new float[16];
        int steps = 0;
        for (int run = 0; run < runs; run++)
        {
            for (int i = 0; i < length; i++)
            {
                float deviation = x[run * length + i] - Pivot;
                deviations[i % 16] += deviation;
                squares[i % 16] = SimdDispatch.HasFusedMultiplyAdd
                    ? MathF.FusedMultiplyAdd(deviation, deviation, squares[i % 16])
                    : deviation * deviation + squares[i % 16];
                if ((i % 16 == 15 || i == length - 1) && ++steps == 256)
                {
                    Empty();
                }
            }
        }

        Empty();
        fixed (float* pointer = x)
        {
            Assert.Equal((sums[0], sums[1]), ReductionKernel.Runs<MomentsReduction>(pointer, pointer, runs, length, length, Pivot));
        }

        void Empty()
        {
            for (int lane = 0; lane < 16; lane++)
            {
                sums[0] += deviations[lane];
                sums[1] += squares[lane];
            }

            Array.Clear(deviations);
            Array.Clear(squares);
            steps = 0;
        }
    }
}

using FastConv.Simd;

namespace FastConv.Tests.Simd;

public sealed unsafe class SimdDispatchTests
{
    [Fact]
    public void Run_InvokesOnceWithTheLanesItNames()
    {
        var operation = default(Recorder);
        SimdDispatch.Run(ref operation);

        Assert.Equal((1, SimdDispatch.Lanes, SimdDispatch.Registers), (operation.Calls, operation.Lanes, operation.Registers));
    }

    [Fact]
    public void RunReduction_HasSixteenLanesEverywhere()
    {
        var operation = default(Recorder);
        SimdDispatch.RunReduction(ref operation);

        Assert.Equal((1, SimdDispatch.ReductionLanes), (operation.Calls, operation.Lanes));
    }

    [Fact]
    public void Transpose4x4_TurnsRowsIntoColumns()
    {
        float[] source = [.. Enumerable.Range(0, 4 * 7).Select(i => (float)i)];
        var destination = new float[4 * 5];
        Array.Fill(destination, -1);
        fixed (float* from = source, to = destination)
        {
            Transpose4x4.Copy(from + 1, 7, to, 5);
        }

        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                Assert.Equal(source[row * 7 + 1 + column], destination[column * 5 + row]);
            }

            Assert.Equal(-1, destination[row * 5 + 4]);
        }
    }

    [Fact]
    public void MachineLimits_AreMeasured()
    {
        Assert.True(MachineLimits.MeasureMultiplyAdds() > 0);
        Assert.Equal(SimdDispatch.InstructionSet, MachineLimits.InstructionSet);
    }

    private struct Recorder : ISimdOperation
    {
        public int Calls { get; private set; }

        public int Lanes { get; private set; }

        public int Registers { get; private set; }

        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            Calls++;
            Lanes = V.Count;
            Registers = V.Registers;
        }
    }
}

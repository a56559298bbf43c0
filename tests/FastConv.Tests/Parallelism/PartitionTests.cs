using FastConv.Parallelism;

namespace FastConv.Tests.Parallelism;

public sealed class PartitionTests
{
    [Fact]
    public void Parts_CoverTheRangeEvenlyOnGrains()
    {
        int[] lengths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 100, 1000, 1023];
        foreach (int length in lengths)
        {
            for (int parts = 1; parts <= 12; parts++)
            {
                foreach (int grain in (int[])[1, 2, 3, 8, 12, 16, 32])
                {
                    Check(length, parts, grain);
                }
            }
        }
    }

    [Theory]
    [InlineData(int.MaxValue, 2, 16)]
    [InlineData(int.MaxValue, 256, 1)]
    [InlineData(int.MaxValue, 7, int.MaxValue)]
    [InlineData(int.MaxValue - 1, 3, 1 << 30)]
    public void LargestLengths_DoNotOverflow(int length, int parts, int grain) => Check(length, parts, grain);

    [Fact]
    public void NothingToDo_IsOneEmptyPart()
    {
        var partition = new Partition(0, 4, 16);

        Assert.Equal((1, 0, 0), (partition.Parts, partition.Start(0), partition.End(0)));
    }

    private static void Check(int length, int parts, int grain)
    {
        var partition = new Partition(length, parts, grain);
        string context = $"{length} in {parts} parts of grain {grain}";
        long grains = ((long)length + grain - 1) / grain;
        Assert.True(partition.Parts == Math.Min(parts, grains), context);
        Assert.True(partition.Start(0) == 0 && partition.End(partition.Parts - 1) == length, context);
        long smallest = long.MaxValue;
        long largest = 0;
        for (int part = 0; part < partition.Parts; part++)
        {
            long size = (long)partition.End(part) - partition.Start(part);
            Assert.True(size > 0 && partition.Start(part) % grain == 0, context);
            Assert.True(part == 0 || partition.Start(part) == partition.End(part - 1), context);
            smallest = Math.Min(smallest, size);
            largest = Math.Max(largest, size);
        }

        Assert.True(largest - smallest <= grain && partition.Longest >= largest && partition.Longest - largest < grain, context);
    }
}

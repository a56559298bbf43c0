using FastConv.Kernels.Winograd;

namespace FastConv.Tests.Kernels;

public sealed unsafe class BlockTransposeTests
{
    /// <summary>Sizes around the blocks: rows below, at and above 4 and 8, columns around 4.</summary>
    [Fact]
    public void Every_size_is_turned_and_nothing_else_is_written()
    {
        for (int rows = 1; rows <= 19; rows++)
        {
            for (int columns = 1; columns <= 10; columns++)
            {
                AssertTurned(rows, columns, sourceStride: columns + 3, destinationStride: rows + 2);
            }
        }
    }

    private static void AssertTurned(int rows, int columns, int sourceStride, int destinationStride)
    {
        float[] source = [.. Enumerable.Range(1, rows * sourceStride).Select(i => (float)i)];
        var destination = new float[columns * destinationStride];
        fixed (float* from = source, to = destination)
        {
            BlockTranspose.Copy(from, sourceStride, rows, to, destinationStride, columns);
        }

        for (int i = 0; i < destination.Length; i++)
        {
            (int column, int row) = Math.DivRem(i, destinationStride);
            Assert.Equal(row < rows ? source[row * sourceStride + column] : 0, destination[i]);
        }
    }
}

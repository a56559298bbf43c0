using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>A matrix of any size turned over, in blocks that fit registers; the last of a row or column overlap those before.</summary>
internal static unsafe class BlockTranspose
{
    private const int Columns = Transpose4x4.Side;
    private const int FewRows = Transpose4x4.Side;
    private const int Rows = Transpose8x4.Rows;

    /// <summary>destination[column, row] = source[row, column].</summary>
    public static void Copy(float* source, nint sourceStride, int rows, float* destination, nint destinationStride, int columns)
    {
        if (rows < FewRows || columns < Columns)
        {
            CopySmall(source, sourceStride, rows, destination, destinationStride, columns);
        }
        else if (rows < Rows)
        {
            CopyRows4(source, sourceStride, destination, destinationStride, columns);
            int last = rows - FewRows;
            CopyRows4(source + last * sourceStride, sourceStride, destination + last, destinationStride, columns);
        }
        else
        {
            for (int row = 0; row < rows; row += Rows)
            {
                int from = Math.Min(row, rows - Rows);
                CopyRows8(source + from * sourceStride, sourceStride, destination + from, destinationStride, columns);
            }
        }
    }

    private static void CopySmall(float* source, nint sourceStride, int rows, float* destination, nint destinationStride, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                destination[column * destinationStride + row] = source[row * sourceStride + column];
            }
        }
    }

    private static void CopyRows4(float* source, nint sourceStride, float* destination, nint destinationStride, int columns)
    {
        for (int column = 0; column < columns; column += Columns)
        {
            int from = Math.Min(column, columns - Columns);
            Transpose4x4.Copy(source + from, sourceStride, destination + from * destinationStride, destinationStride);
        }
    }

    private static void CopyRows8(float* source, nint sourceStride, float* destination, nint destinationStride, int columns)
    {
        for (int column = 0; column < columns; column += Columns)
        {
            int from = Math.Min(column, columns - Columns);
            Transpose8x4.Copy(source + from, sourceStride, destination + from * destinationStride, destinationStride);
        }
    }
}

using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>Adds the parts of a weights' gradient in their order, and their sum to what is there.</summary>
internal static unsafe class WeightGradientSum
{
    private const int Side = 16;

    /// <summary>gradWeight[column, row] += sum over parts of sums[part][row, column].</summary>
    /// <param name="sums">The first part at its first row.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="partStride">From part to part.</param>
    /// <param name="ldc">Between the rows of a part.</param>
    /// <param name="rows">Rows of a part.</param>
    /// <param name="columns">Columns of a part.</param>
    /// <param name="gradWeight">At the column of the first row.</param>
    /// <param name="ldw">Between the rows of the gradient.</param>
    public static void AddTurned<V>(float* sums, int parts, nint partStride, nint ldc, int rows, int columns, float* gradWeight, nint ldw)
        where V : struct, IVector<V>
    {
        float* block = stackalloc float[Side * Side];
        float* turned = stackalloc float[Side * Side];
        for (int column = 0; column < columns; column += Side)
        {
            int width = Math.Min(Side, columns - column);
            for (int row = 0; row < rows; row += Side)
            {
                int height = Math.Min(Side, rows - row);
                SumParts<V>(sums + row * ldc + column, parts, partStride, ldc, height, block);
                Turn(block, turned);
                for (int i = 0; i < width; i++)
                {
                    AddRow<V>(turned + i * Side, height, gradWeight + (column + i) * ldw + row);
                }
            }
        }
    }

    /// <summary>gradWeight[row, column] += sum over parts of sums[part][row, column].</summary>
    /// <inheritdoc cref="AddTurned{V}"/>
    public static void Add<V>(float* sums, int parts, nint partStride, nint ldc, int rows, int columns, float* gradWeight, nint ldw)
        where V : struct, IVector<V>
    {
        float* block = stackalloc float[Side];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column += Side)
            {
                SumParts<V>(sums + row * ldc + column, parts, partStride, ldc, 1, block);
                AddRow<V>(block, Math.Min(Side, columns - column), gradWeight + row * ldw + column);
            }
        }
    }

    private static void SumParts<V>(float* sums, int parts, nint partStride, nint ldc, int rows, float* block)
        where V : struct, IVector<V>
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Side; column += V.Count)
            {
                float* source = sums + row * ldc + column;
                V sum = V.Load(source);
                for (int part = 1; part < parts; part++)
                {
                    source += partStride;
                    sum += V.Load(source);
                }

                sum.Store(block + row * Side + column);
            }
        }
    }

    private static void Turn(float* block, float* turned)
    {
        for (int row = 0; row < Side; row += Transpose4x4.Side)
        {
            for (int column = 0; column < Side; column += Transpose4x4.Side)
            {
                Transpose4x4.Copy(block + row * Side + column, Side, turned + column * Side + row, Side);
            }
        }
    }

    private static void AddRow<V>(float* row, int length, float* destination)
        where V : struct, IVector<V>
    {
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            (V.Load(destination + i) + V.Load(row + i)).Store(destination + i);
        }

        if (i < length)
        {
            (V.LoadFirst(destination + i, length - i) + V.LoadFirst(row + i, length - i)).StoreFirst(destination + i, length - i);
        }
    }
}

using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>gradWeight[oc, k] += sum over parts of sums[part][k, oc]: parts added in their order, then turned over, then added.</summary>
internal static unsafe class WeightGradientSum
{
    private const int Side = 16;

    /// <param name="sums">The first part at its first row.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="partStride">From part to part.</param>
    /// <param name="ldc">Between the rows of a part.</param>
    /// <param name="rows">How many k.</param>
    /// <param name="outChannels">How many oc.</param>
    /// <param name="gradWeight">[out channels, k] at the first row's k.</param>
    /// <param name="ldw">Between its rows.</param>
    public static void Add<V>(float* sums, int parts, nint partStride, nint ldc, int rows, int outChannels, float* gradWeight, nint ldw)
        where V : struct, IVector<V>
    {
        float* block = stackalloc float[Side * Side];
        float* turned = stackalloc float[Side * Side];
        for (int row = 0; row < rows; row += Side)
        {
            int height = Math.Min(Side, rows - row);
            for (int oc = 0; oc < outChannels; oc += Side)
            {
                int width = Math.Min(Side, outChannels - oc);
                SumParts<V>(sums + row * ldc + oc, parts, partStride, ldc, height, block);
                Turn(block, turned);
                for (int i = 0; i < width; i++)
                {
                    AddRow<V>(turned + i * Side, height, gradWeight + (oc + i) * ldw + row);
                }
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

using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>What surrounds a product of [rows, width]: one bias a column added to every row, and its gradient, the sums of the columns.</summary>
internal static unsafe class BiasRowsKernel
{
    /// <summary>y = y + bias, then max(y, 0) if wanted.</summary>
    /// <param name="y">[rows, width]; changed in place.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="bias">[width], or null: 0.</param>
    /// <param name="rectifies">Whether the maximum is taken.</param>
    public static void Add(float* y, int rows, int width, float* bias, bool rectifies)
    {
        Debug.Assert(rows >= 0 && width > 0);
        var call = new AddCall(y, rows, width, bias, rectifies);
        SimdDispatch.Run(ref call);
    }

    /// <summary>sums[column] += the column's rows, in ascending order.</summary>
    public static void Sum(float* x, int rows, int width, float* sums)
    {
        Debug.Assert(rows >= 0 && width >= 0);
        var call = new SumCall(x, rows, width, sums);
        SimdDispatch.Run(ref call);
    }

    private readonly struct AddCall(float* y, int rows, int width, float* bias, bool rectifies) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* row = y;
            for (int left = rows; left > 0; left--, row += width)
            {
                int column = 0;
                for (; column <= width - V.Count; column += V.Count)
                {
                    Finish(V.Load(row + column), bias == null ? V.Zero : V.Load(bias + column)).Store(row + column);
                }

                int rest = width - column;
                if (rest > 0)
                {
                    Finish(V.LoadFirst(row + column, rest), bias == null ? V.Zero : V.LoadFirst(bias + column, rest)).StoreFirst(row + column, rest);
                }
            }
        }

        private V Finish<V>(V sum, V offset)
            where V : struct, IVector<V>
        {
            sum += offset;
            return rectifies ? V.Max(sum, V.Zero) : sum;
        }
    }

    private readonly struct SumCall(float* x, int rows, int width, float* sums) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int column = 0;
            for (; column <= width - 4 * V.Count; column += 4 * V.Count)
            {
                SumOfFour<V>(column);
            }

            for (; column <= width - V.Count; column += V.Count)
            {
                V sum = V.Load(sums + column);
                for (nint offset = column; offset < (nint)rows * width; offset += width)
                {
                    sum += V.Load(x + offset);
                }

                sum.Store(sums + column);
            }

            int rest = width - column;
            if (rest > 0)
            {
                V sum = V.LoadFirst(sums + column, rest);
                for (nint offset = column; offset < (nint)rows * width; offset += width)
                {
                    sum += V.LoadFirst(x + offset, rest);
                }

                sum.StoreFirst(sums + column, rest);
            }
        }

        // Four vectors of a row lie in one to four cache lines, which a single vector would read again for each of its neighbours.
        private void SumOfFour<V>(int column)
            where V : struct, IVector<V>
        {
            V first = V.Load(sums + column);
            V second = V.Load(sums + column + V.Count);
            V third = V.Load(sums + column + 2 * V.Count);
            V fourth = V.Load(sums + column + 3 * V.Count);
            for (nint offset = column; offset < (nint)rows * width; offset += width)
            {
                float* row = x + offset;
                first += V.Load(row);
                second += V.Load(row + V.Count);
                third += V.Load(row + 2 * V.Count);
                fourth += V.Load(row + 3 * V.Count);
            }

            first.Store(sums + column);
            second.Store(sums + column + V.Count);
            third.Store(sums + column + 2 * V.Count);
            fourth.Store(sums + column + 3 * V.Count);
        }
    }
}

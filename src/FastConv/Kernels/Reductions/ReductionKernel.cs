using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>
/// Sums with the same bits on every CPU that has FMA: element i of a run of floats goes to lane i mod 16, every lane adds in order, and
/// after <see cref="LaneSum.StepsPerChunk"/> vectors the lanes are added to a double, lane 0 first.
/// </summary>
internal static unsafe class ReductionKernel
{
    /// <summary>The sums over one run.</summary>
    public static (double First, double Second) Run<TReduction>(float* x, float* y, int length, float pivot)
        where TReduction : struct, IReduction => Runs<TReduction>(x, y, runs: 1, stride: 0, length, pivot);

    /// <summary>The sums over several runs of one length, whose starts are <paramref name="stride"/> apart: one channel of a batch.</summary>
    public static (double First, double Second) Runs<TReduction>(float* x, float* y, int runs, int stride, int length, float pivot)
        where TReduction : struct, IReduction
    {
        Debug.Assert(runs > 0 && length > 0 && (runs == 1 || stride >= length));
        (double, double) sums = default;
        var call = new RunsCall<TReduction>(x, y, runs, stride, length, pivot, &sums);
        SimdDispatch.RunReduction(ref call);
        return sums;
    }

    /// <summary>
    /// The sums over every column of a matrix, each around a pivot of its own. A column is added up in row order, emptied into the
    /// double after the same number of additions.
    /// </summary>
    /// <param name="x">[rows, stride], of which the first <paramref name="columns"/> of each row take part.</param>
    /// <param name="y">As <paramref name="x"/>.</param>
    /// <param name="rows">Elements of a column.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="pivots">[columns].</param>
    /// <param name="first">[columns].</param>
    /// <param name="second">[columns].</param>
    public static void Columns<TReduction>(float* x, float* y, int rows, int stride, int columns, float* pivots, double* first, double* second)
        where TReduction : struct, IReduction
    {
        Debug.Assert(rows > 0 && stride >= columns);
        new Span<double>(first, columns).Clear();
        new Span<double>(second, columns).Clear();
        var call = new ColumnsCall<TReduction>(x, y, rows, stride, columns, pivots, first, second);
        SimdDispatch.Run(ref call);
    }

    private readonly struct RunsCall<TReduction>(
        float* x, float* y, int runs, int stride, int length, float pivot, (double First, double Second)* sums) : ISimdOperation
        where TReduction : struct, IReduction
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            Debug.Assert(V.Count == SimdDispatch.ReductionLanes);
            float* tailX = stackalloc float[V.Count];
            float* tailY = stackalloc float[V.Count];
            float* lanes = stackalloc float[V.Count];
            new Span<float>(tailX, V.Count).Fill(pivot);
            new Span<float>(tailY, V.Count).Clear();

            // No call from here on: vector registers do not survive one.
            V pivots = V.Broadcast(pivot);
            V first = V.Zero;
            V second = V.Zero;
            double firstSum = 0;
            double secondSum = 0;
            int steps = 0;
            for (int run = 0; run < runs; run++)
            {
                float* runX = x + (long)run * stride;
                float* runY = y + (long)run * stride;
                for (int i = 0; i < length; i += V.Count)
                {
                    float* stepX = runX + i;
                    float* stepY = runY + i;
                    if (length - i < V.Count)
                    {
                        for (int lane = 0; lane < length - i; lane++)
                        {
                            tailX[lane] = stepX[lane];
                            tailY[lane] = stepY[lane];
                        }

                        stepX = tailX;
                        stepY = tailY;
                    }

                    TReduction.Accumulate(V.Load(stepX), V.Load(stepY), pivots, ref first, ref second);
                    if (++steps == LaneSum.StepsPerChunk)
                    {
                        LaneSum.AddTo(first, lanes, ref firstSum);
                        LaneSum.AddTo(second, lanes, ref secondSum);
                        first = V.Zero;
                        second = V.Zero;
                        steps = 0;
                    }
                }
            }

            LaneSum.AddTo(first, lanes, ref firstSum);
            LaneSum.AddTo(second, lanes, ref secondSum);
            *sums = (firstSum, secondSum);
        }
    }

    private readonly struct ColumnsCall<TReduction>(
        float* x, float* y, int rows, int stride, int columns, float* pivots, double* first, double* second) : ISimdOperation
        where TReduction : struct, IReduction
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            for (int start = 0; start < rows; start += LaneSum.StepsPerChunk)
            {
                int end = Math.Min(rows - start, LaneSum.StepsPerChunk) + start;
                int column = 0;
                for (; column <= columns - V.Count; column += V.Count)
                {
                    Chunk<V>(start, end, column);
                }

                for (; column < columns; column++)
                {
                    Chunk<V1>(start, end, column);
                }
            }
        }

        private void Chunk<V>(int start, int end, int column)
            where V : struct, IVector<V>
        {
            V pivot = V.Load(pivots + column);
            V chunkFirst = V.Zero;
            V chunkSecond = V.Zero;
            for (int row = start; row < end; row++)
            {
                long offset = (long)row * stride + column;
                TReduction.Accumulate(V.Load(x + offset), V.Load(y + offset), pivot, ref chunkFirst, ref chunkSecond);
            }

            float* lanes = stackalloc float[2 * V.Count];
            chunkFirst.Store(lanes);
            chunkSecond.Store(lanes + V.Count);
            for (int lane = 0; lane < V.Count; lane++)
            {
                first[column + lane] += lanes[lane];
                second[column + lane] += lanes[V.Count + lane];
            }
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// What softmax, log-softmax and cross-entropy make of one row, in 16 lanes, so that the bits are the same on every CPU with FMA. Elements
/// behind the row's end count as -infinity: their exponentials are 0. A NaN makes the sum NaN, whatever the maximum says.
/// </summary>
internal static unsafe class RowExponentials
{
    /// <summary>The largest element; anything where one is NaN.</summary>
    /// <param name="x">[columns].</param>
    /// <param name="columns">Elements of the row.</param>
    /// <param name="lanes">Memory for one vector.</param>
    public static float Max<V>(float* x, int columns, float* lanes)
        where V : struct, IVector<V>
    {
        Debug.Assert(V.Count == SimdDispatch.ReductionLanes && columns > 0);
        V max0 = V.Broadcast(float.NegativeInfinity);
        int c = 0;
        if (columns >= 4 * V.Count)
        {
            // Four chains: a maximum takes longer than a load.
            V max1 = max0, max2 = max0, max3 = max0;
            for (; c <= columns - 4 * V.Count; c += 4 * V.Count)
            {
                max0 = V.MaxOrSecond(max0, V.Load(x + c));
                max1 = V.MaxOrSecond(max1, V.Load(x + c + V.Count));
                max2 = V.MaxOrSecond(max2, V.Load(x + c + 2 * V.Count));
                max3 = V.MaxOrSecond(max3, V.Load(x + c + 3 * V.Count));
            }

            max0 = V.MaxOrSecond(V.MaxOrSecond(max0, max1), V.MaxOrSecond(max2, max3));
        }

        for (; c <= columns - V.Count; c += V.Count)
        {
            max0 = V.MaxOrSecond(max0, V.Load(x + c));
        }

        if (c < columns)
        {
            max0 = V.MaxOrSecond(max0, Last<V>(x + c, columns - c));
        }

        max0.Store(lanes);
        float max = lanes[0];
        for (int lane = 1; lane < Math.Min(V.Count, columns); lane++)
        {
            max = lanes[lane] > max ? lanes[lane] : max;
        }

        return max;
    }

    /// <summary>The sum of e^(x - max), and its terms if they are wanted.</summary>
    /// <param name="x">[columns].</param>
    /// <param name="max">No element is larger.</param>
    /// <param name="terms">[columns], may be <paramref name="x"/>; null: they are not wanted.</param>
    /// <param name="columns">Elements of the row.</param>
    /// <param name="lanes">Memory for one vector.</param>
    public static double Sum<V>(float* x, float max, float* terms, int columns, float* lanes)
        where V : struct, IVector<V>
    {
        V shift = V.Broadcast(max);
        double total = 0;
        int c = 0;
        while (c < columns)
        {
            int end = Math.Min(columns - c, LaneSum.StepsPerChunk * V.Count) + c;
            V sum = V.Zero;
            for (; c <= end - V.Count; c += V.Count)
            {
                V term = ExpMath.ExpNonPositive(V.Load(x + c) - shift);
                sum += term;
                if (terms != null)
                {
                    term.Store(terms + c);
                }
            }

            if (c < end)
            {
                V term = ExpMath.ExpNonPositive(Last<V>(x + c, end - c) - shift);
                sum += term;
                if (terms != null)
                {
                    term.StoreFirst(terms + c, end - c);
                }

                c = end;
            }

            LaneSum.AddTo(sum, lanes, ref total);
        }

        return total;
    }

    /// <summary>y = x * factor. y may be x.</summary>
    public static void Scale<V>(float* x, float factor, float* y, int columns)
        where V : struct, IVector<V>
    {
        V factors = V.Broadcast(factor);
        int c = 0;
        for (; c <= columns - V.Count; c += V.Count)
        {
            (V.Load(x + c) * factors).Store(y + c);
        }

        if (c < columns)
        {
            (V.LoadFirst(x + c, columns - c) * factors).StoreFirst(y + c, columns - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last<V>(float* x, int count)
        where V : struct, IVector<V> =>
        V.Select(V.MaskFirst(count), V.LoadFirst(x, count), V.Broadcast(float.NegativeInfinity));
}

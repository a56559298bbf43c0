using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>The sums over one row of the spread part of a target, in 16 lanes.</summary>
internal static unsafe class SpreadSums
{
    /// <summary>sum(q) and sum(q * (x - shift)); a class of weight 0 adds nothing, whatever its x.</summary>
    /// <param name="target">The weights.</param>
    /// <param name="row">Which row of them.</param>
    /// <param name="x">[classes].</param>
    /// <param name="shift">What is taken off every x first.</param>
    /// <param name="classes">Elements of the row.</param>
    /// <param name="lanes">Memory for one vector.</param>
    public static (double Weights, double Weighted) Of<TTarget, V>(TTarget target, int row, float* x, float shift, int classes, float* lanes)
        where TTarget : struct, IClassTarget
        where V : struct, IVector<V>
    {
        Debug.Assert(V.Count == SimdDispatch.ReductionLanes && classes > 0);
        V shifts = V.Broadcast(shift);
        double weights = 0;
        double weighted = 0;
        int c = 0;
        while (c < classes)
        {
            int end = Math.Min(classes - c, LaneSum.StepsPerChunk * V.Count) + c;
            V weightSum = V.Zero;
            V weightedSum = V.Zero;
            for (; c < end; c += V.Count)
            {
                int count = Math.Min(V.Count, end - c);
                V weight = target.Spread<V>(row, c, count);
                V term = weight * ((count == V.Count ? V.Load(x + c) : V.LoadFirst(x + c, count)) - shifts);
                weightSum += weight;
                weightedSum += V.Select(V.GreaterThanOrEqual(V.Zero, V.Abs(weight)), V.Zero, term);
            }

            LaneSum.AddTo(weightSum, lanes, ref weights);
            LaneSum.AddTo(weightedSum, lanes, ref weighted);
        }

        return (weights, weighted);
    }
}

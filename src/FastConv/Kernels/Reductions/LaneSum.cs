using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Reductions;

/// <summary>Lanes of float sums emptied into a double.</summary>
internal static unsafe class LaneSum
{
    /// <summary>
    /// Vectors that may be added to a lane before it is emptied: bounds the rounding error of a lane to 2^8 half units of its sum.
    /// </summary>
    public const int StepsPerChunk = 256;

    /// <summary>Adds all lanes, lane 0 first.</summary>
    /// <param name="vector">The sums.</param>
    /// <param name="lanes">Memory for one vector.</param>
    /// <param name="sum">What they are added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo<V>(V vector, float* lanes, ref double sum)
        where V : struct, IVector<V>
    {
        vector.Store(lanes);
        for (int lane = 0; lane < V.Count; lane++)
        {
            sum += lanes[lane];
        }
    }
}
